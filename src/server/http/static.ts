import { existsSync } from 'node:fs'
import path from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '#shared/problem.ts'

/** The built web client. Names under /assets change with their content, so they are kept for ever; everything else is asked for anew. */
export async function registerStatic(app: FastifyInstance, folder: string) {
  const root = path.resolve(folder)
  await app.register(staticFiles, {
    root, wildcard: true, preCompressed: true, cacheControl: false, index: false,
    setHeaders: (reply, file) => {
      reply.header('cache-control', path.relative(root, file).startsWith('assets') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const isBuilt = () => existsSync(path.join(root, 'index.html'))
  // A folder as such is no file; how the plug-in says so depends on what the browser accepts.
  app.get('/', (request, reply) => fallBack(request, reply, isBuilt()))
  app.setNotFoundHandler((request, reply) => fallBack(request, reply, isBuilt()))
}

/** An address that a person navigates to is a screen of the client; anything else that is not there is 404. */
function fallBack(request: FastifyRequest, reply: FastifyReply, isBuilt: boolean) {
  const { pathname } = new URL(request.url, 'http://local')
  const isNavigation = request.method === 'GET' && !/^\/(api|assets)(\/|$)/.test(pathname) && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*')
  if (isNavigation && isBuilt && !path.extname(pathname)) return reply.header('cache-control', 'no-cache').sendFile('index.html')
  throw new Problem('route.unknown')
}
