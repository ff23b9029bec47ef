import type { Lang, Words } from '../object.ts'
import type { Finding } from '../problem.ts'
import type { TypeName } from './field.ts'

/** A field that is there already, as far as its words go. */
interface Known { name: string; label: Words; synonyms?: string[] }

export interface Labelled {
  /** The field itself, when it has a name already: it does not clash with itself. */
  name?: string
  label: string
  type: TypeName
  /** What a record is called: 客户. */
  one: Words
  fields: readonly Known[]
}

/**
 * What is worth a word while a label is being typed: another field has it (`shaping.labelTaken`), another field is also called so
 * (`shaping.labelAlso`), or it says nothing (`shaping.labelVague`). The proposal is a label that is free and says something.
 */
export function labelAdvice({ name, label, type, one, fields }: Labelled, lang: Lang): Finding | null {
  const typed = clean(label)
  if (typed === '') return null
  const others = fields.filter(field => field.name !== name)
  const taken = (words: string) => others.some(field => clean(field.label['zh-CN']) === clean(words) || clean(field.label.en) === clean(words))
  const propose = (candidates: string[]) => {
    const free = candidates.find(each => !taken(each) && !isVague(each) && clean(each) !== typed)
    return free === undefined ? {} : { proposal: free }
  }
  if (taken(label)) return { field: 'label', code: 'shaping.labelTaken', values: { label: label.trim() }, ...propose(apart(label.trim(), type, one, lang)) }
  if (isVague(label)) return { field: 'label', code: 'shaping.labelVague', ...propose(clearer(label.trim(), type, one, lang)) }
  const also = others.find(field => field.synonyms?.some(each => clean(each) === typed))
  return also ? { field: 'label', code: 'shaping.labelAlso', values: { label: also.label[lang] } } : null
}

const clean = (label: string) => label.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

/** Words that name the place and not the thing, alone or with a number behind. */
const empty = /^(自定义|未命名|新建?|临时|备用|测试|其[他它]|这个|那个|无)?(字段|列|栏|项|项目|属性|数据|信息|内容|值|东西)?$|^(new |custom |untitled |my )?(field|column|item|property|data|info|information|value|thing|stuff|other|misc|test|temp|untitled|custom|new)$|^(x+|a+|abc|asdf?|qwe(rty)?|foo|bar|n\/a|na)$|^[\d\p{P}\p{S} ]*$/u
/** Words that need another before them to say something. */
const half = ['名称', '类型', '类别', '分类', '状态', '级别', '等级', '日期', '时间', '金额', '数量', '价格', '说明', '描述', '备注', '编号', '地址', '联系人', 'name', 'type', 'kind', 'category', 'status', 'state', 'level', 'date', 'time', 'amount', 'quantity', 'price', 'description', 'note', 'notes', 'remark', 'number', 'address']

export function isVague(label: string): boolean {
  const stem = stemOf(label)
  return half.includes(stem) || empty.test(stem)
}

/** 备注 1 → 备注. */
const stemOf = (label: string) => clean(label).replace(/[\s_.#-]*\d+$/, '').trim()

function clearer(label: string, type: TypeName, one: Words, lang: Lang): string[] {
  const stem = stemOf(label)
  const before = kinds[stem] ?? []
  if (!half.includes(stem)) return examples[type]?.[lang] ?? examples.text?.[lang] ?? []
  return /\p{Script=Han}/u.test(stem) ? [...before, `${one['zh-CN']}${stem}`, ...(examples[type]?.['zh-CN'] ?? [])] : [...before, `${one.en} ${stem}`, ...(examples[type]?.en ?? [])]
}

/** Half words and what usually stands before them. */
const kinds: Record<string, string[]> = {
  日期: ['签约日期', '约定日期'], 时间: ['拜访时间', '约定时间'], 金额: ['合同金额', '预计金额'], 价格: ['成交价格'], 数量: ['采购数量'], 备注: ['内部备注', '发货备注'], 说明: ['补充说明'], 描述: ['需求描述'], 名称: ['项目名称'], 地址: ['收货地址'], 联系人: ['财务联系人'],
  date: ['Signing date'], time: ['Visiting time'], amount: ['Contract amount'], price: ['Agreed price'], quantity: ['Ordered quantity'], note: ['Internal note'], notes: ['Internal notes'], remark: ['Internal remark'], name: ['Project name'], address: ['Delivery address'],
}

/** What a field of this type is often for. */
const examples: Partial<Record<TypeName, Record<Lang, string[]>>> = {
  text: { 'zh-CN': ['项目名称', '主营产品'], en: ['Project name', 'Main product'] },
  longText: { 'zh-CN': ['沟通要点', '补充说明'], en: ['Talking points', 'Background'] },
  number: { 'zh-CN': ['采购数量', '门店数'], en: ['Ordered quantity', 'Number of shops'] },
  money: { 'zh-CN': ['合同金额', '预计金额'], en: ['Contract amount', 'Expected amount'] },
  percent: { 'zh-CN': ['折扣率', '成交把握'], en: ['Discount', 'Chance'] },
  date: { 'zh-CN': ['签约日期', '约定日期'], en: ['Signing date', 'Agreed date'] },
  datetime: { 'zh-CN': ['拜访时间', '约定时间'], en: ['Visiting time', 'Agreed time'] },
  boolean: { 'zh-CN': ['已签合同', '需要发票'], en: ['Contract signed', 'Wants an invoice'] },
  choice: { 'zh-CN': ['合作意向', '所在片区'], en: ['Interest', 'Sales area'] },
  choices: { 'zh-CN': ['关注产品', '服务项目'], en: ['Products of interest', 'Services'] },
  tags: { 'zh-CN': ['关注点'], en: ['Interests'] },
  phone: { 'zh-CN': ['备用电话'], en: ['Second phone'] },
  email: { 'zh-CN': ['备用邮箱'], en: ['Second e-mail'] },
  url: { 'zh-CN': ['网店地址'], en: ['Shop page'] },
  person: { 'zh-CN': ['协作人', '售后负责人'], en: ['Supporter', 'Service owner'] },
  department: { 'zh-CN': ['协作部门'], en: ['Supporting department'] },
  reference: { 'zh-CN': ['介绍人', '上级单位'], en: ['Introduced by', 'Parent'] },
  region: { 'zh-CN': ['服务地区'], en: ['Service region'] },
  address: { 'zh-CN': ['收货地址'], en: ['Delivery address'] },
}

/** Words that set a second field apart from the first of the same name. */
const second: Partial<Record<TypeName, Record<Lang, string>>> = {
  phone: { 'zh-CN': '备用', en: 'Second' }, email: { 'zh-CN': '备用', en: 'Second' }, address: { 'zh-CN': '备用', en: 'Second' }, url: { 'zh-CN': '备用', en: 'Second' },
  date: { 'zh-CN': '计划', en: 'Planned' }, datetime: { 'zh-CN': '计划', en: 'Planned' }, money: { 'zh-CN': '预计', en: 'Expected' }, number: { 'zh-CN': '预计', en: 'Expected' },
  person: { 'zh-CN': '协作', en: 'Supporting' }, department: { 'zh-CN': '协作', en: 'Supporting' },
}

function apart(label: string, type: TypeName, one: Words, lang: Lang): string[] {
  const isHan = /\p{Script=Han}/u.test(label)
  const [before, own] = isHan || lang === 'zh-CN' ? [second[type]?.['zh-CN'] ?? '补充', one['zh-CN']] : [`${second[type]?.en ?? 'Additional'} `, `${one.en} `]
  return [...(kinds[stemOf(label)] ?? []), `${before}${isHan ? label : label.toLowerCase()}`, `${own}${label}`, `${label}2`]
}
