import type { Field } from '#shared/object.ts'
import { normalise } from './header-words.ts'

/** What the values of a column look like: shares of the filled cells, 0…1. */
export interface Content {
  filled: number
  phone: number
  email: number
  date: number
  figure: number
  url: number
  code: number
  company: number
  personName: number
  place: number
  address: number
  creditCode: number
  yesNo: number
  /** Share of distinct values. */
  distinct: number
  averageLength: number
  values: string[]
}

const surnames = new Set('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺'.split(''))
const mobile = /^(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d){8}$/
const landline = /^(?:\(?0\d{2,3}\)?[-\s]?)\d{7,8}(?:\s*(?:[-转*#]|ext\.?)\s*\d{1,6})?$|^[48]00[-\s]?\d{3}[-\s]?\d{4}$/
const numberLike = /^[¥￥$]?\s*[+-]?\d[\d,，]*(?:\.\d+)?\s*(?:万|亿|千)?(?:元|%)?$/
const tests: [keyof Content, (text: string) => boolean][] = [
  ['phone', text => mobile.test(text) || landline.test(text)],
  ['email', text => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)],
  ['date', text => /^\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}日?)?(?:[T\s]*\d{1,2}:\d{2}.*)?$/.test(text) || /^(19|20)\d{6}$/.test(text)],
  ['figure', text => numberLike.test(text) && !mobile.test(text)],
  ['url', text => /^(https?:\/\/|www\.)\S+$/i.test(text)],
  ['code', text => /^[A-Za-z]{1,6}[-_]?\d{2,}([-_]\w+)*$/.test(text)],
  ['company', text => /(公司|集团|工厂|厂|商行|店|中心|学校|医院|大学|研究院|事务所|工作室|个体工商户|合作社|co\.|ltd|inc)/i.test(text)],
  ['personName', text => /^\p{Script=Han}{2,4}$/u.test(text) && surnames.has(text[0] ?? '')],
  ['place', text => /^\p{Script=Han}{2,}(省|市|区|县|州|盟|旗)$/u.test(text) || cities.has(text)],
  ['address', text => /(路|街|大道|巷|号|栋|室|楼|村|镇|弄|座)/.test(text) && /\d|省|市|区/.test(text) && text.length > 6],
  ['creditCode', text => /^[0-9A-HJ-NP-RT-UW-Y]{18}$/.test(text)],
  ['yesNo', text => /^(是|否|有|无|y|n|yes|no|true|false|√|×|0|1)$/i.test(text)],
]
const cities = new Set('北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 武汉 成都 西安 东莞 合肥 无锡 长沙 郑州 青岛 宁波 佛山 济南 厦门 福州 常州 昆明 石家庄 沈阳 大连 长春 哈尔滨 太原 南昌 南宁 贵阳 兰州 西宁 银川 拉萨 乌鲁木齐 呼和浩特 海口 三亚 珠海 温州 嘉兴 绍兴 金华 徐州 南通 扬州 烟台 潍坊'.split(' '))

export function contentOf(texts: readonly string[]): Content {
  const values = texts.map(text => text.normalize('NFKC').trim()).filter(text => text !== '')
  const share = (test: (text: string) => boolean) => (values.length === 0 ? 0 : values.filter(test).length / values.length)
  const shares = Object.fromEntries(tests.map(([name, test]) => [name, share(test)])) as Record<keyof Content, number>

  return {
    ...shares, values,
    filled: texts.length === 0 ? 0 : values.length / texts.length,
    distinct: values.length === 0 ? 0 : new Set(values).size / values.length,
    averageLength: values.length === 0 ? 0 : values.reduce((sum, text) => sum + text.length, 0) / values.length,
  }
}

/** How well the values go with a field: −1 they speak against it, 0 they say nothing, 1 they alone are proof enough. */
export function fit(content: Content, field: Field): number {
  if (content.values.length === 0) return 0
  const judge = judges[field.type]
  return judge === undefined ? 0 : judge(content, field)
}

/** From −1 (nobody) over 0 (a fifth) to 1 (nearly all). */
const graded = (share: number) => (share < 0.2 ? share * 5 - 1 : Math.min(1, (share - 0.2) / 0.6))
const against = (share: number) => -Math.min(1, share * 1.2)

type Judge = (content: Content, field: Field) => number
const judges: Partial<Record<Field['type'], Judge>> = {
  phone: content => graded(content.phone),
  email: content => graded(content.email),
  url: content => graded(content.url),
  date: content => graded(Math.max(content.date, content.figure * 0.5)) * 0.5,
  datetime: content => graded(content.date) * 0.5,
  money: content => graded(content.figure) * 0.5,
  number: content => graded(content.figure) * 0.5,
  percent: content => graded(content.figure) * 0.5,
  boolean: content => graded(content.yesNo) * 0.5,
  region: content => graded(content.place),
  address: content => graded(content.address),
  person: content => graded(content.personName) * 0.5,
  numberRule: content => (content.distinct > 0.9 ? graded(content.code) * 0.8 : -0.3),
  choice: (content, field) => graded(optionShare(content, field)),
  choices: (content, field) => graded(optionShare(content, field)) * 0.8,
  text: textFit,
  longText: content => against(Math.max(content.phone, content.email)) * 0.7,
  tags: content => against(Math.max(content.phone, content.email)) * 0.7,
}

function optionShare(content: Content, field: Field): number {
  const labels = new Set((field.options ?? []).map(option => normalise(option.label)))
  const stems = [...labels].map(label => label.replace(/(客户|中)$/, ''))
  const known = (text: string) => labels.has(normalise(text)) || stems.includes(normalise(text).replace(/(客户|中)$/, ''))

  return content.values.filter(known).length / content.values.length
}

function textFit(content: Content, field: Field): number {
  if (field.name === 'creditCode') return graded(content.creditCode)
  const foreign = Math.max(content.phone, content.email, content.date)
  if (field.name === 'name') return foreign > 0.5 ? against(foreign) : Math.max(content.company, content.personName * 0.7) * 0.9

  return against(foreign)
}
