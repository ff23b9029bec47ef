import * as z from 'zod/mini'
import type { Viewer } from '#server/access/viewer.ts'
import { describeObjects } from '#server/records/describe.ts'
import { endpoint } from '#shared/api/endpoint.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { en } from '#shared/i18n/en.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import { recordSchema } from './openapi-records.ts'
import type { Route } from './route.ts'

export const openapi = endpoint({
  method: 'GET', path: '/openapi.json', summary: 'This description', policy: 'signedIn', output: z.custom<Record<string, unknown>>(),
})

type Json = Record<string, unknown>

/** OpenAPI 3.1 of every route, made of the very schemas that check the requests; records as this viewer may see them. */
export function describeApi(viewer: Viewer, routes: Route[]): Json {
  const objects = describeObjects(viewer)
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    for (const object of isGeneric(route) ? objects : [null]) addOperation(paths, route, object, routes)
  }
  return {
    openapi: '3.1.0',
    info: { title: viewer.lang === 'en' ? en['product.name'] : zhCN['product.name'], version: '1' },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'kebu_session' } },
      schemas: { Error: errorSchema, Page: pageSchema, ...Object.fromEntries(objects.map(object => [object.name, recordSchema(object, viewer.lang)])) },
    },
  }
}

/** The same endpoint for every object. Routes that name an object themselves win over it, here as in the server. */
const isGeneric = (route: Route) => route.endpoint.path.startsWith('/:object')

function addOperation(paths: Record<string, Json>, route: Route, object: ObjectOut | null, routes: Route[]) {
  const { method, path } = route.endpoint
  const filled = object ? path.replace('/:object', `/${object.name}`) : path
  if (object && routes.some(other => other.endpoint.method === method && other.endpoint.path === filled)) return
  const address = filled.replace(/:(\w+)/g, '{$1}')
  paths[address] = { ...paths[address], [method.toLowerCase()]: operation(route, object) }
}

function operation({ endpoint: { policy, summary, params, query, body, status, path, method }, kind }: Route, object: ObjectOut | null): Json {
  return {
    summary, tags: [object?.name ?? path.split('/')[1] ?? ''],
    ...(policy === 'public' && { security: [] }),
    ...(typeof policy === 'object' && { 'x-right': policy.right }),
    parameters: [
      ...parametersOf('path', params, object ? ['object'] : []),
      ...parametersOf('query', query, []),
      ...(kind === 'write' ? [header('Idempotency-Key', { type: 'string', maxLength: 100 })] : []),
      ...(method === 'PATCH' || method === 'DELETE' ? [header('If-Match', { type: 'string', description: 'version' })] : []),
    ],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body) } } } }),
    responses: { [String(status ?? 200)]: answerOf(object, path, method, status), default: { description: 'Error', content: json({ $ref: '#/components/schemas/Error' }) } },
  }
}

function answerOf(object: ObjectOut | null, path: string, method: string, status: number | undefined): Json {
  if (status === 204) return { description: 'Done' }
  if (!object) return { description: 'OK', content: json({}) }
  const record = { $ref: `#/components/schemas/${object.name}` }
  const isList = (method === 'GET' && path === '/:object') || path === '/:object/query'
  if (isList) return { description: 'OK', content: json({ allOf: [{ $ref: '#/components/schemas/Page' }, { properties: { records: { type: 'array', items: record } } }] }) }
  return { description: 'OK', content: json(recordPaths.includes(path) && method !== 'DELETE' ? record : {}) }
}

const recordPaths = ['/:object', '/:object/:id', '/:object/:id/restore', '/:object/:id/history/:entry/undo']

const json = (schema: Json) => ({ 'application/json': { schema } })
const header = (name: string, schema: Json) => ({ name, in: 'header', required: false, schema })

function parametersOf(place: 'path' | 'query', schema: z.ZodMiniType | undefined, without: string[]): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).filter(([name]) => !without.includes(name))
    .map(([name, of]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: of }))
}

const made = new WeakMap<object, Json>()

function jsonSchema(schema: z.ZodMiniType): Json {
  const known = made.get(schema)
  if (known) return known
  const { $schema: _, ...fresh } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json
  made.set(schema, fresh)
  return fresh
}

const errorSchema = {
  type: 'object', required: ['error'],
  properties: {
    error: {
      type: 'object', required: ['code', 'message', 'fields', 'reference'],
      properties: {
        code: { type: 'string' }, message: { type: 'string' }, reference: { type: ['string', 'null'] },
        fields: { type: 'array', items: { type: 'object', properties: { field: { type: ['string', 'null'] }, code: { type: 'string' }, message: { type: 'string' }, value: {} } } },
      },
    },
  },
}

const pageSchema = {
  type: 'object', required: ['records', 'next', 'total', 'totalIsEstimate'],
  properties: { records: { type: 'array' }, next: { type: ['string', 'null'] }, total: { type: 'integer' }, totalIsEstimate: { type: 'boolean' } },
}
