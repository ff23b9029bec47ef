import { createReadStream } from 'node:fs'
import * as exporting from '#server/exports/handlers.ts'
import * as importing from '#server/imports/handlers.ts'
import { problemFile } from '#server/imports/problems.ts'
import { listAudit } from '#server/audit/list.ts'
import { describeObject, describeObjects } from '#server/records/describe.ts'
import { bulk } from '#server/records/bulk.ts'
import { change } from '#server/records/change.ts'
import { create } from '#server/records/create.ts'
import { aggregate, find } from '#server/records/find.ts'
import { get } from '#server/records/get.ts'
import { history } from '#server/records/history.ts'
import { remove, restore } from '#server/records/remove.ts'
import { searchAll } from '#server/records/search.ts'
import { changeField } from '#server/shape/change-field.ts'
import { changeObject } from '#server/shape/change-object.ts'
import { createField } from '#server/shape/create-field.ts'
import { createObject } from '#server/shape/create-object.ts'
import { dictionaryFile, readDictionary } from '#server/shape/dictionary.ts'
import { mergeOptions } from '#server/shape/merge-options.ts'
import { previewComputed } from '#server/shape/preview-computed.ts'
import { previewNumbers } from '#server/shape/preview-numbers.ts'
import { restoreField, retireField } from '#server/shape/retire-field.ts'
import { restoreObject, retireObject } from '#server/shape/retire-object.ts'
import { listShapedObjects } from '#server/shape/shaped-objects.ts'
import { previewRetype, retypeField } from '#server/shape/retype-field.ts'
import { listFields } from '#server/shape/shaping.ts'
import { editMany } from '#server/records/edit.ts'
import { findInList } from '#server/records/find-in-list.ts'
import { fillRange } from '#server/records/range.ts'
import { redoBatch, undoBatch, undoChange } from '#server/records/undo.ts'
import { checkSetupToken, createFirstAdministrator, isSetupNeeded } from '#server/users/first-admin.ts'
import { createKey, listKeys, revokeKey } from '#server/users/keys.ts'
import { changeMe, changePassword, describeMe } from '#server/users/me.ts'
import { changeUser, createUser, disableUser, enableUser, userAccess } from '#server/users/people.ts'
import { changeRole, createRole, listRoles } from '#server/users/roles.ts'
import { restoreView, retireView, setDefaultView } from '#server/views/retire.ts'
import { changeView, createView } from '#server/views/save.ts'
import { listViews } from '#server/views/seen.ts'
import * as audit from '#shared/api/audit.ts'
import * as exports from '#shared/api/exports.ts'
import * as fields from '#shared/api/fields.ts'
import * as imports from '#shared/api/imports.ts'
import * as keys from '#shared/api/keys.ts'
import * as objects from '#shared/api/objects.ts'
import * as people from '#shared/api/people.ts'
import * as records from '#shared/api/records.ts'
import * as shapedObjects from '#shared/api/shaped-objects.ts'
import * as sheet from '#shared/api/sheet.ts'
import * as sessions from '#shared/api/session.ts'
import * as viewChanges from '#shared/api/view-changes.ts'
import * as views from '#shared/api/views.ts'
import { describeApi, openapi } from './openapi.ts'
import { pageQuery, whole } from './query-text.ts'
import { FileAnswer, route, type Route } from './route.ts'
import { enter, leave } from './sign-in.ts'

/** The site map: every address of the API, and who answers. Fixed words come before `:object` on their own, so that order does not matter. */
export const routes: Route[] = [
  route(openapi, ({ viewer }) => describeApi(viewer, routes)),

  route(sessions.getSetup, async ({ db }) => ({ needed: await isSetupNeeded(db) })),
  route(sessions.setUp, async context => {
    const { token, ...first } = context.body
    await checkSetupToken(context.db, token)
    await createFirstAdministrator(context.db, { ...first, lang: first.lang ?? context.defaults.lang })
    return enter(context, first)
  }, { kind: 'own', perMinute: 20 }),
  route(sessions.signIn, context => enter(context, context.body), { kind: 'own' }),
  route(sessions.whoAmI, ({ db, viewer }) => describeMe(db, viewer)),
  route(sessions.signOut, leave, { personOnly: true }),
  route(sessions.changeMe, ({ db, viewer, body }) => changeMe(db, viewer, body)),
  route(sessions.changePassword, ({ db, viewer, session, body, request }) => changePassword(db, viewer, body, request.address, session?.tokenHash), { kind: 'own', personOnly: true }),
  route(keys.listKeys, ({ db, viewer }) => listKeys(db, viewer)),
  route(keys.createKey, ({ db, viewer, body }) => createKey(db, viewer, body), { personOnly: true, keep: withoutKey }),
  route(keys.revokeKey, ({ db, viewer, params }) => revokeKey(db, viewer, params.id)),

  route(people.listRoles, ({ db }) => listRoles(db)),
  route(people.createRole, ({ db, viewer, body }) => createRole(db, viewer, body)),
  route(people.changeRole, ({ db, viewer, params, body, request }) => changeRole(db, viewer, params.id, body, request.version)),
  route(people.createUser, ({ db, viewer, body }) => createUser(db, viewer, body), { keep: withoutPassword }),
  route(people.changeUser, ({ db, viewer, params, body, request }) => changeUser(db, viewer, params.id, body, request.version)),
  route(people.userAccess, ({ db, viewer, params }) => userAccess(db, viewer, params.id)),
  route(people.disableUser, ({ db, viewer, params }) => disableUser(db, viewer, params.id)),
  route(people.enableUser, ({ db, viewer, params }) => enableUser(db, viewer, params.id)),
  route(people.createDepartment, ({ db, viewer, body }) => {
    const { id, ...rest } = body
    return create(db, viewer, 'departments', { ...(id !== undefined && { id }), ...('values' in rest ? rest : { values: rest }) })
  }),
  route(audit.listAudit, ({ db, viewer, query }) => listAudit(db, viewer, query)),

  route(imports.startImport, async ({ pool, viewer, upload }) => importing.startImport(pool, viewer, await upload(importing.keepUpload)), { kind: 'own' }),
  route(imports.listImports, ({ db, viewer }) => importing.listImports(db, viewer)),
  route(imports.getImport, ({ db, viewer, params }) => importing.getImport(db, viewer, params.id)),
  route(imports.changeImport, ({ db, viewer, params, body }) => importing.changeImport(db, viewer, params.id, body)),
  route(imports.commitImport, ({ db, viewer, params }) => importing.commitImport(db, viewer, params.id)),
  route(imports.cancelImport, ({ db, viewer, params }) => importing.cancelImport(db, viewer, params.id)),
  route(imports.undoImport, ({ db, viewer, params }) => importing.undoImport(db, viewer, params.id)),
  route(imports.importProblems, async ({ db, viewer, params }) => {
    const { stream, name } = await problemFile(db, viewer, params.id)
    return new FileAnswer(stream, name, xlsx)
  }),
  route(exports.startExport, ({ db, viewer, body }) => exporting.startExport(db, viewer, body)),
  route(exports.listExports, ({ db, viewer }) => exporting.listExports(db, viewer)),
  route(exports.getExport, ({ db, viewer, params }) => exporting.getExport(db, viewer, params.id)),
  route(exports.exportFile, async ({ db, viewer, params }) => {
    const { place, name, type, bytes } = await exporting.exportFile(db, viewer, params.id)
    return new FileAnswer(createReadStream(place), name, type, bytes ?? undefined)
  }),

  route(objects.listObjects, ({ viewer }) => ({ objects: describeObjects(viewer) })),
  route(objects.getObject, ({ viewer, params }) => describeObject(viewer, params.object)),

  route(shapedObjects.listShapedObjects, ({ db }) => listShapedObjects(db)),
  route(shapedObjects.createObject, ({ db, viewer, body }) => createObject(db, viewer, body)),
  route(shapedObjects.changeObject, ({ db, viewer, params, body, request }) => changeObject(db, viewer, params.object, body, request.version)),
  route(shapedObjects.retireObject, ({ db, viewer, params, request }) => retireObject(db, viewer, params.object, request.version)),
  route(shapedObjects.restoreObject, ({ db, viewer, params }) => restoreObject(db, viewer, params.object)),

  route(fields.listFields, ({ db, params }) => listFields(db, params.object)),
  route(fields.readDictionary, ({ db, viewer, params }) => readDictionary(db, viewer, params.object)),
  route(fields.dictionaryFile, async ({ db, viewer, params }) => {
    const { stream, name } = await dictionaryFile(db, viewer, params.object)
    return new FileAnswer(stream, name, xlsx)
  }),
  route(fields.createField, ({ db, viewer, params, body }) => createField(db, viewer, params.object, body)),
  route(fields.changeField, ({ db, viewer, params, body, request }) => changeField(db, viewer, params.object, params.name, body, request.version)),
  route(fields.previewComputed, ({ pool, viewer, params, body }) => previewComputed(pool, viewer, params.object, body), { kind: 'read' }),
  route(fields.mergeOptions, ({ pool, viewer, params, body }) => mergeOptions(pool, viewer, params.object, params.name, body), { kind: 'own' }),
  route(fields.previewNumbers, ({ pool, viewer, params, body }) => previewNumbers(pool, viewer, params.object, body), { kind: 'read' }),
  route(fields.previewRetype, ({ pool, viewer, params, body }) => previewRetype(pool, viewer, params.object, params.name, body), { kind: 'read' }),
  route(fields.retypeField, ({ pool, viewer, params, body }) => retypeField(pool, viewer, params.object, params.name, body), { kind: 'own' }),
  route(fields.retireField, ({ db, viewer, params, request }) => retireField(db, viewer, params.object, params.name, request.version)),
  route(fields.restoreField, ({ db, viewer, params }) => restoreField(db, viewer, params.object, params.name)),

  route(views.listViews, ({ db, viewer, params }) => listViews(db, viewer, params.object)),
  route(viewChanges.createView, ({ db, viewer, params, body }) => createView(db, viewer, params.object, body)),
  route(viewChanges.changeView, ({ db, viewer, params, body, request }) => changeView(db, viewer, params.object, params.id, body, request.version)),
  route(viewChanges.retireView, ({ db, viewer, params, request }) => retireView(db, viewer, params.object, params.id, request.version)),
  route(viewChanges.restoreView, ({ db, viewer, params }) => restoreView(db, viewer, params.object, params.id)),
  route(viewChanges.setDefaultView, ({ db, viewer, params, body }) => setDefaultView(db, viewer, params.object, params.id, body.roles)),

  route(records.searchAll, ({ db, viewer, query }) => searchAll(db, viewer, query.q, whole('limit', query.limit, 1, 100) ?? 20)),
  route(records.listRecords, ({ db, viewer, params, query }) => find(db, viewer, params.object, pageQuery(query))),
  route(records.queryRecords, ({ db, viewer, params, body }) => find(db, viewer, params.object, body), { kind: 'read' }),
  route(records.aggregateRecords, ({ db, viewer, params, body }) => aggregate(db, viewer, params.object, body), { kind: 'read' }),
  route(records.getRecord, ({ db, viewer, params }) => get(db, viewer, params.object, params.id)),
  route(records.createRecord, ({ db, viewer, params, body }) => create(db, viewer, params.object, body)),
  route(records.changeRecord, ({ db, viewer, params, body, request }) =>
    change(db, viewer, params.object, params.id, { ...body, ...(request.version !== undefined && { version: request.version }) })),
  route(records.removeRecord, ({ db, viewer, params, request }) => remove(db, viewer, params.object, params.id, request.version)),
  route(records.restoreRecord, ({ db, viewer, params }) => restore(db, viewer, params.object, params.id)),
  route(records.recordHistory, ({ db, viewer, params, query }) =>
    history(db, viewer, params.object, params.id, { before: query.before, limit: whole('limit', query.limit, 1, 200) })),
  route(records.undoChange, ({ db, viewer, params }) => undoChange(db, viewer, params.object, params.id, params.entry)),
  route(records.bulk, ({ db, viewer, params, body }) => bulk(db, viewer, params.object, body)),
  route(records.undoBatch, ({ db, viewer, params }) => undoBatch(db, viewer, params.id)),
  route(sheet.redoBatch, ({ db, viewer, params }) => redoBatch(db, viewer, params.id)),
  route(sheet.editRecords, ({ db, viewer, params, body }) => editMany(db, viewer, params.object, body)),
  route(sheet.fillRange, ({ db, viewer, params, body }) => fillRange(db, viewer, params.object, body)),
  route(sheet.findInList, ({ db, viewer, params, body }) => findInList(db, viewer, params.object, body), { kind: 'read' }),
]

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Kept for a repeated operation id without what is shown once. */
function withoutKey(result: unknown) {
  return { ...(result as object), key: null }
}

function withoutPassword(result: unknown) {
  const { initialPassword: _, ...kept } = result as Record<string, unknown>
  return kept
}
