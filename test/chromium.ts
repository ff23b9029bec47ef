import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Chromium {
  program: string
  /** What it needs to find its libraries and fonts, when they are not where the system has them. */
  env: Record<string, string>
}

const system = '/usr/bin/chromium'
const packages = ['chromium', 'fonts-noto-cjk']
const cache = path.resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'chromium')

/** The one that was named, the system's, one that we unpacked before, or one fetched now from Debian; null when none can be had. */
export async function findChromium(): Promise<Chromium | null> {
  const named = process.env.KEBU_CHROMIUM
  if (named) return existsSync(named) ? { program: named, env: {} } : null
  if (existsSync(system)) return { program: system, env: {} }
  if (starts(unpacked())) return unpacked()
  if (!existsSync('/usr/bin/apt-get')) return null
  console.log('Fetching Chromium from Debian …')
  try {
    if (process.getuid?.() === 0) return install()
    return unpack()
  } catch (error) {
    console.error((error as Error).message)
    return null
  }
}

function install(): Chromium | null {
  apt(['update'])
  apt(['install', '-y', '--no-install-recommends', ...packages], { DEBIAN_FRONTEND: 'noninteractive' })
  return existsSync(system) ? { program: system, env: {} } : null
}

/** An ordinary user may not install, but may unpack: the packages and those of their dependencies that are missing here. */
function unpack(): Chromium | null {
  const [lists, files] = [path.join(cache, 'apt'), path.join(cache, 'packages')]
  for (const folder of [path.join(lists, 'lists', 'partial'), path.join(lists, 'archives', 'partial'), files]) mkdirSync(folder, { recursive: true })
  const own = ['-o', `Dir::State::Lists=${lists}/lists`, '-o', `Dir::Cache=${lists}`, '-o', 'Debug::NoLocking=1']
  apt([...own, 'update'])
  const missing = dependencies(own).filter(name => !isInstalled(name))
  execFileSync('apt-get', [...own, 'download', ...missing], { cwd: files, stdio: ['ignore', 'ignore', 'inherit'] })
  for (const file of readdirSync(files)) execFileSync('dpkg', ['-x', path.join(files, file), cache])
  rmSync(files, { recursive: true })
  writeFileSync(fonts, fontSettings)
  return starts(unpacked()) ? unpacked() : null
}

/** It is there, and so is every library that it asks for; an interrupted unpacking is done again. */
function starts({ program, env }: Chromium): boolean {
  if (!existsSync(program)) return false
  const { status, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8', env: { ...process.env, ...env } })
  if (status !== 0) console.error(stderr)
  return status === 0
}

const unpacked = (): Chromium => ({
  program: path.join(cache, 'usr', 'lib', 'chromium', 'chromium'),
  env: {
    LD_LIBRARY_PATH: libraries().join(':'),
    XDG_DATA_HOME: path.join(cache, 'usr', 'share'),
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: fonts }),
  },
})

/** A machine without any fonts has no settings for them either. */
const fonts = path.join(cache, 'fonts.conf')
const alias = (family: string, font: string) => `<alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`
const fontSettings = `<?xml version="1.0"?>
<fontconfig>
  <dir>${path.join(cache, 'usr', 'share', 'fonts')}</dir><cachedir>${path.join(cache, 'fonts')}</cachedir>
  ${alias('sans-serif', 'Noto Sans CJK SC')}${alias('system-ui', 'Noto Sans CJK SC')}${alias('serif', 'Noto Serif CJK SC')}${alias('monospace', 'Noto Sans Mono CJK SC')}
</fontconfig>
`

/** Where packages put libraries, and the folders of their own that some have inside (the one of pulseaudio). */
const libraries = () =>
  ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib/x86_64-linux-gnu', 'lib/aarch64-linux-gnu', 'usr/lib/chromium']
    .map(folder => path.join(cache, folder)).filter(folder => existsSync(folder))
    .flatMap(folder => [folder, ...readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => path.join(folder, entry.name))])

/** Names without the alternatives that are only virtual. */
function dependencies(own: string[]): string[] {
  const quiet = ['--recurse', '--no-recommends', '--no-suggests', '--no-conflicts', '--no-breaks', '--no-replaces', '--no-enhances']
  const text = execFileSync('apt-cache', [...own, 'depends', ...quiet, ...packages], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  return text.split('\n').filter(line => /^[a-z0-9]/.test(line) && !line.includes(':'))
}

const isInstalled = (name: string) => spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' }).stdout === 'installed'

function apt(args: string[], env: Record<string, string> = {}) {
  execFileSync('apt-get', ['-q', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
}
