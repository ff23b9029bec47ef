import type { ObjectType } from '../object.ts'
import { field, option, systemFields, words } from './declare.ts'

/** 客户: a company, a sole trader or a person that we sell to, or may. */
export const customer: ObjectType = {
  name: 'customers',
  table: 'customers',
  label: words('客户', 'Customers'),
  one: words('客户', 'Customer'),
  icon: 'company',
  title: 'name',
  numberField: 'number',
  numberPattern: { prefix: 'C', digits: 3 },
  owned: true,
  search: ['name', 'shortName', 'number', 'phone', 'email', 'wechat', 'address', 'needs', 'remark'],
  pinyin: ['name', 'shortName'],
  indexed: ['name', 'phone', 'totalAmount', 'lastInteractionAt', 'nextFollowUpAt'],
  groups: [
    { name: 'basic', label: words('基础信息', 'Basics') },
    { name: 'reach', label: words('联系方式', 'How to reach') },
    { name: 'class', label: words('分类', 'Classification') },
    { name: 'needs', label: words('需求与偏好', 'Needs and preferences') },
    { name: 'business', label: words('合作与交易', 'Business') },
    { name: 'belonging', label: words('归属', 'Belonging') },
    { name: 'system', label: words('系统信息', 'System') },
  ],
  fields: [
    field('number', 'numberRule', words('客户编号', 'Number'), { unique: true, maxLength: 40, width: 110, example: 'C001', synonyms: ['编号', '客户号', '客户代码', '客户ID', 'ID', 'customer number', 'account number'] }),
    field('name', 'text', words('客户名称', 'Name'), { required: true, maxLength: 200, width: 240, mask: 'name', example: '北京示例科技有限公司', synonyms: ['公司名称', '企业名称', '单位名称', '客户姓名', '客户全称', '姓名', '名称', '公司', '企业', '客户', 'company', 'account name', 'customer name'] }),
    field('shortName', 'text', words('简称', 'Short name'), { maxLength: 60, hidden: true, mask: 'name', synonyms: ['客户简称', '公司简称'] }),
    field('kind', 'choice', words('主体类型', 'Kind'), { width: 100, hidden: true, default: '企业', options: [
      option('company', '企业', 'blue', '依法登记的公司、合伙企业、机构'), option('soleTrader', '个体工商户', 'teal', '领有个体工商户营业执照'), option('person', '个人', 'slate', '自然人客户')], synonyms: ['客户性质', '企业/个人', '主体'] }),
    field('creditCode', 'text', words('统一社会信用代码', 'Credit code'), { maxLength: 18, unique: true, hidden: true, help: words('18 位，企业与个体工商户适用（GB 32100）', '18 characters, for companies and sole traders (GB 32100)'), synonyms: ['信用代码', '税号', '纳税人识别号', 'USCC'] }),
    field('size', 'choice', words('企业规模', 'Size'), { hidden: true, options: [
      option('micro', '20人以下', 'grey'), option('small', '20–99人', 'slate'), option('middle', '100–499人', 'blue'), option('large', '500人以上', 'violet')], synonyms: ['规模', '人员规模', '公司规模'] }),
    field('website', 'url', words('官网', 'Website'), { hidden: true, synonyms: ['网址', '公司网站', '主页'] }),
    field('birthday', 'date', words('生日', 'Birthday'), { hidden: true, synonyms: ['客户生日', '出生日期'] }),

    field('phone', 'phone', words('电话', 'Phone'), { group: 'reach', width: 130, needsReason: true, example: '138 0013 8000 / 010-12345678', synonyms: ['联系电话', '手机', '手机号', '手机号码', '联系方式', '电话号码', '座机', '固话', '移动电话', 'tel', 'mobile'] }),
    field('email', 'email', words('邮箱', 'E-mail'), { group: 'reach', width: 180, synonyms: ['电子邮箱', '邮件', '电子邮件', 'E-mail', 'mail', '邮箱地址'] }),
    field('emailOptOut', 'boolean', words('拒收营销邮件', 'No marketing mail'), { group: 'reach', hidden: true }),
    field('wechat', 'text', words('微信', 'WeChat'), { group: 'reach', maxLength: 60, hidden: true, synonyms: ['微信号', '客户微信', 'wechat id'] }),
    field('qq', 'text', words('QQ', 'QQ'), { group: 'reach', maxLength: 20, hidden: true, synonyms: ['QQ号', 'QQ号码'] }),
    field('region', 'region', words('地区', 'Region'), { group: 'reach', width: 150, synonyms: ['所在城市', '城市', '省市区', '所在地区', '省市', '区域', '所在地', '省份'] }),
    field('address', 'address', words('地址', 'Address'), { group: 'reach', maxLength: 300, width: 220, synonyms: ['详细地址', '办公地址', '联系地址', '公司地址', '通讯地址'] }),
    field('registeredAddress', 'address', words('注册地址', 'Registered address'), { group: 'reach', maxLength: 300, hidden: true }),
    field('mailingAddress', 'address', words('邮寄地址', 'Mailing address'), { group: 'reach', maxLength: 300, hidden: true, synonyms: ['收货地址', '邮寄地址'] }),

    field('lifecycle', 'choice', words('客户阶段', 'Lifecycle'), { group: 'class', width: 110, default: '潜在客户', options: [
      option('lead', '潜在客户', 'slate', '有联系方式，尚未确认需求'), option('prospect', '意向客户', 'amber', '确认有需求，正在沟通'),
      option('won', '成交客户', 'green', '至少有一笔成交'), option('lost', '流失客户', 'grey', '明确不再合作'), option('dormant', '休眠', 'grey', '长期无法联系')],
      synonyms: ['客户类型', '生命周期', '客户状态类型', '跟进状态', '客户阶段', '线索状态'] }),
    field('level', 'choice', words('客户等级', 'Level'), { group: 'class', width: 110, options: [
      option('potential', '潜在客户', 'slate', '有潜力，未成规模'), option('normal', '普通客户', 'blue', '常规合作'), option('key', '重点客户', 'orange', '年成交 10 万元以上或战略意义'), option('vip', 'VIP客户', 'red', '最高优先级')],
      synonyms: ['等级', '级别', '客户级别', '客户分级'] }),
    field('vip', 'boolean', words('VIP', 'VIP'), { group: 'class', hidden: true, synonyms: ['是否VIP', 'VIP客户'] }),
    field('industry', 'text', words('行业', 'Industry'), { group: 'class', maxLength: 60, width: 140, synonyms: ['所属行业', '客户行业', '行业类别', 'industry'] }),
    field('source', 'choice', words('客户来源', 'Source'), { group: 'class', width: 110, options: [
      option('website', '官网咨询', 'blue'), option('social', '社交媒体', 'pink'), option('referral', '朋友推荐', 'green'), option('exhibition', '展会', 'violet'),
      option('search', '搜索引擎', 'teal'), option('ads', '线上推广', 'amber'), option('partner', '渠道代理', 'orange'), option('phone', '电话营销', 'slate'), option('introduced', '转介绍', 'green'), option('other', '其他', 'grey')],
      synonyms: ['来源', '获客渠道', '来源渠道', '渠道', '线索来源', 'source'] }),
    field('sourceDetail', 'text', words('来源说明', 'Source detail'), { group: 'class', maxLength: 100, hidden: true, example: '行业展会2024' }),
    field('tags', 'tags', words('标签', 'Tags'), { group: 'class', width: 160, synonyms: ['客户标签', '标签'] }),

    field('needs', 'longText', words('核心需求', 'Needs'), { group: 'needs', width: 220, maxLength: 32767, synonyms: ['需求', '客户需求', '需求描述', '痛点', '需求关键词', '主要需求'] }),
    field('preferences', 'tags', words('产品偏好', 'Preferences'), { group: 'needs', hidden: true, synonyms: ['偏好', '购买偏好'] }),
    field('preferredChannels', 'choices', words('沟通偏好', 'Preferred channels'), { group: 'needs', hidden: true, options: [
      option('phone', '电话', 'blue'), option('wechat', '微信', 'green'), option('email', '邮件', 'violet'), option('visit', '拜访', 'amber')], synonyms: ['沟通方式', 'preferredContactMethod'] }),
    field('doNotDisturb', 'text', words('免打扰时段', 'Do not disturb'), { group: 'needs', maxLength: 60, hidden: true, example: '12:00–14:00' }),

    field('status', 'choice', words('当前状态', 'Status'), { group: 'business', width: 110, options: [
      option('following', '跟进中', 'blue'), option('cooperating', '合作中', 'green'), option('won', '已成交', 'teal'), option('paused', '暂停合作', 'amber'), option('ended', '已解约', 'grey'), option('lost', '已流失', 'grey'), option('dormant', '休眠', 'slate')],
      synonyms: ['状态', '合作状态', '客户状态'] }),
    field('firstContactAt', 'date', words('首次接触日期', 'First contact'), { group: 'business', width: 120, setOnce: true, default: 'today', hidden: true, synonyms: ['首次接触', '首次接触时间', '首次联系时间', '建档日期', '录入日期'] }),
    field('cooperationSince', 'date', words('合作开始日期', 'Cooperation since'), { group: 'business', hidden: true, synonyms: ['首次合作时间', '合作时间', '成交日期', '首次成交日期', '合作日期'] }),
    field('totalAmount', 'money', words('累计交易金额', 'Total amount'), { group: 'business', unit: '元', decimals: 2, width: 130, synonyms: ['累计成交', '交易金额', '成交金额', '历史合作总金额', '累计金额', '合作金额', '累计成交金额', '金额'] }),
    field('orderCount', 'number', words('购买次数', 'Orders'), { group: 'business', decimals: 0, min: 0, hidden: true, synonyms: ['下单次数', '订单数', '成交次数', '购买频次'] }),
    field('averageOrderAmount', 'money', words('客单价', 'Average order'), { group: 'business', unit: '元', decimals: 2, hidden: true, synonyms: ['平均客单价'] }),
    field('cooperation', 'text', words('当前合作内容', 'Current cooperation'), { group: 'business', maxLength: 300, hidden: true, synonyms: ['合作项目', '合作产品', '合作内容'] }),
    field('payment', 'choice', words('付款方式', 'Payment'), { group: 'business', hidden: true, options: [
      option('prepaid', '预付', 'green'), option('monthly', '月结', 'blue'), option('delivery', '货到付款', 'teal'), option('instalment', '分期', 'amber')], synonyms: ['结算方式', '付款条件'] }),
    field('credit', 'choice', words('信用状况', 'Credit'), { group: 'business', hidden: true, options: [
      option('good', '良好', 'green'), option('fair', '一般', 'amber'), option('bad', '较差', 'red')], synonyms: ['信用', '信用等级'] }),
    field('lastInteractionAt', 'date', words('最近跟进', 'Last follow-up'), { group: 'business', width: 120, synonyms: ['最近跟进日期', '最近联系时间', '最后跟进时间', '最近沟通日期', '最近一次沟通'] }),
    field('nextFollowUpAt', 'date', words('下次跟进', 'Next follow-up'), { group: 'business', width: 120, synonyms: ['下次跟进时间', '下次联系时间', '预计下次沟通'] }),

    field('owner', 'person', words('负责人', 'Owner'), { group: 'belonging', width: 100, synonyms: ['负责员工', '客户经理', '销售', '销售代表', '业务员', '跟进人', '归属人', 'owner'] }),
    field('department', 'department', words('所属部门', 'Department'), { group: 'belonging', column: 'owner_department_id', computed: true, hidden: true, width: 110, synonyms: ['部门'] }),
    field('remark', 'longText', words('备注', 'Remark'), { group: 'belonging', maxLength: 32767, hidden: true, synonyms: ['说明', '备注信息', '其他', '备注说明'] }),
    ...systemFields,
  ],
}
