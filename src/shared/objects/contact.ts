import type { ObjectType } from '../object.ts'
import { field, option, systemFields, words } from './declare.ts'

/** 联系人: a person at a customer. Belongs to whoever the customer belongs to. */
export const contact: ObjectType = {
  name: 'contacts',
  table: 'contacts',
  label: words('联系人', 'Contacts'),
  one: words('联系人', 'Contact'),
  icon: 'people',
  title: 'name',
  owned: true,
  ownerFrom: 'customer',
  search: ['name', 'phone', 'mobile', 'email', 'wechat', 'title'],
  pinyin: ['name'],
  indexed: ['name', 'mobile'],
  groups: [
    { name: 'basic', label: words('基础信息', 'Basics') },
    { name: 'reach', label: words('联系方式', 'How to reach') },
    { name: 'system', label: words('系统信息', 'System') },
  ],
  fields: [
    field('customer', 'reference', words('客户', 'Customer'), { target: 'customers', required: true, width: 220, synonyms: ['客户名称', '公司', '公司名称', '客户编号', '所属客户'] }),
    field('name', 'text', words('姓名', 'Name'), { required: true, maxLength: 60, width: 120, mask: 'name', synonyms: ['联系人', '对接人', '联系人姓名', '主要联系人', '客户联系人', '决策人'] }),
    field('role', 'choice', words('角色', 'Role'), { width: 100, options: [
      option('decider', '决策人', 'red', '拍板的人'), option('liaison', '对接人', 'blue', '日常联系的人'), option('user', '使用人', 'teal', '实际使用产品的人'), option('influencer', '影响人', 'amber', '能左右决定的人')], synonyms: ['联系人角色'] }),
    field('isPrimary', 'boolean', words('主要联系人', 'Primary'), { width: 90, synonyms: ['是否主要联系人'] }),
    field('title', 'text', words('职务', 'Title'), { maxLength: 60, width: 120, synonyms: ['职位', '岗位', '头衔'] }),
    field('influence', 'choice', words('影响力', 'Influence'), { hidden: true, options: [option('high', '高', 'red'), option('middle', '中', 'amber'), option('low', '低', 'grey')] }),
    field('gender', 'choice', words('性别', 'Gender'), { hidden: true, options: [option('male', '男', 'blue'), option('female', '女', 'pink')] }),
    field('birthday', 'date', words('生日', 'Birthday'), { hidden: true }),
    field('mobile', 'phone', words('手机', 'Mobile'), { group: 'reach', width: 130, needsReason: true, synonyms: ['手机号', '联系人手机', '手机号码', '联系人电话'] }),
    field('phone', 'phone', words('电话', 'Phone'), { group: 'reach', width: 130, synonyms: ['座机', '办公电话', '固定电话'] }),
    field('email', 'email', words('邮箱', 'E-mail'), { group: 'reach', width: 180, synonyms: ['联系人邮箱', '电子邮箱'] }),
    field('wechat', 'text', words('微信', 'WeChat'), { group: 'reach', maxLength: 60, synonyms: ['微信号'] }),
    field('qq', 'text', words('QQ', 'QQ'), { group: 'reach', maxLength: 20, hidden: true }),
    field('remark', 'longText', words('备注', 'Remark'), { maxLength: 32767, hidden: true }),
    field('owner', 'person', words('负责人', 'Owner'), { group: 'system', computed: true, width: 100 }),
    field('department', 'department', words('所属部门', 'Department'), { group: 'system', computed: true, column: 'owner_department_id', hidden: true }),
    ...systemFields,
  ],
}
