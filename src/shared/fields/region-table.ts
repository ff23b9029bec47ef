/** 省/市/区: a place and what lies in it. */
export interface Place {
  name: string
  /** `广东省/深圳市/南山区` */
  path: string
  /** 1 province, 2 city, 3 district; a district of a municipality is 2. */
  level: number
  parent: Place | null
  children: Place[]
}

export interface RegionTable {
  provinces: Place[]
  /** By full name and by short name (深圳市, 深圳). */
  byName: Map<string, Place[]>
  byPath: Map<string, Place>
}

let data: string | null = null
let table: RegionTable | null = null

/** Takes the text of `regions-data.ts`; the table is made of it when it is first asked for. */
export function useRegions(text: string) {
  data = text
  table = null
}

/** The table of regions; null until its text was given: the web loads that when it is first needed. */
export const regions = () => (table ??= data === null ? null : made(data))

function made(text: string): RegionTable {
  const table: RegionTable = { provinces: [], byName: new Map(), byPath: new Map() }
  for (const line of text.trim().split('\n')) {
    const [name = '', cities = ''] = line.split('=')
    const province = put(table, name, null)
    for (const entry of cities.split(';')) {
      const [city = '', districts] = entry.split(':')
      const place = put(table, city, province)
      districts?.split(',').forEach(district => put(table, district, place))
    }
  }
  return table
}

function put(into: RegionTable, name: string, parent: Place | null): Place {
  const place: Place = { name, path: parent ? `${parent.path}/${name}` : name, level: parent ? parent.level + 1 : 1, parent, children: [] }
  ;(parent?.children ?? into.provinces).push(place)
  into.byPath.set(place.path, place)
  for (const known of namesOf(name)) {
    const others = into.byName.get(known)
    if (others) others.push(place)
    else into.byName.set(known, [place])
  }
  return place
}

const peoples = '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|裕固|独龙|保安|各'
const self = new RegExp(`(?:(?:${peoples})族?)*(?:自治区|自治州|自治县|自治旗)$`)

/** The names that people use: 深圳市 and 深圳, 广西壮族自治区 and 广西, 浦东新区 and 浦东. A name never becomes one letter. */
function namesOf(name: string) {
  const own = { 内蒙古自治区: '内蒙古', 西藏自治区: '西藏' }[name]
  if (own) return [name, own]
  const short = /自治[区州县旗]$/.test(name) ? name.replace(self, '') : name.replace(/(?:特别行政区|林区|新区|矿区|地区|省|市|区|县|盟|旗)$/, '')
  return short.length >= 2 && short !== name ? [name, short] : [name]
}
