import type { Right, Role } from '#shared/access.ts'
import { today as todayIn } from '#shared/dates.ts'
import type { Lang } from '#shared/object.ts'

/** 当前操作者: for whom the code runs. Every function that touches business data takes one right after `db`. */
export interface Viewer {
  /** The user's id; for the system a fixed id of its own. */
  id: string
  name: string
  kind: 'person' | 'system'
  lang: Lang
  departmentId: string | null
  /** The department and everything below it. */
  departmentTree: string[]
  /** This person and everybody who reports to them, directly or not. */
  reports: string[]
  roles: Role[]
  rights: Right[]
  /** Company time zone, decides what "today" is. */
  timeZone: string
  /** How the act came in: shown in the timeline. */
  source: 'manual' | 'api' | 'import' | 'bulk' | 'undo' | 'system'
}

/** Background work names itself and appears in the operation log. It sees and may do everything. */
export const system = (name: string): Viewer => ({
  id: '00000000-0000-7000-8000-000000000000', name, kind: 'system', lang: 'zh-CN', departmentId: null, departmentTree: [], reports: [],
  roles: [], rights: ['people', 'shape', 'settings', 'audit'], timeZone: 'Asia/Shanghai', source: 'system',
})

export const today = (viewer: Viewer) => todayIn(viewer.timeZone)
