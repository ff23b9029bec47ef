import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read, refused } from '../../../test/field.ts'
import { areaCodes, regionOfPhone } from './area-codes.ts'
import { equipFields } from './equip.ts'
import { regions } from './region-table.ts'
import { splitAddress } from './region.ts'

equipFields()

test('the table is complete: 34 provinces and every path is understood as itself', () => {
  const table = regions()
  assert.equal(table?.provinces.length, 34)
  const paths = [...table?.byPath.keys() ?? []]
  assert.ok(paths.length > 3300, String(paths.length))
  for (const path of paths) {
    assert.equal(read('region', path), path)
    assert.equal(read('region', path.replaceAll('/', '')), path)
  }
})

test('a place is understood as people write it', () => {
  const places: [typed: string, path: string][] = [
    ['深圳', '广东省/深圳市'], ['广东深圳', '广东省/深圳市'], ['广东省深圳市南山区', '广东省/深圳市/南山区'], ['广东 南山', '广东省/深圳市/南山区'], ['上海 浦东', '上海市/浦东新区'], ['北京朝阳', '北京市/朝阳区'],
    ['朝阳', '辽宁省/朝阳市'], ['海南', '海南省'], ['吉林', '吉林省'], ['内蒙古呼和浩特', '内蒙古自治区/呼和浩特市'], ['西藏', '西藏自治区'], ['广西', '广西壮族自治区'], ['新疆-石河子', '新疆维吾尔自治区/石河子市'],
    ['香港', '香港特别行政区'], ['台湾台北', '台湾省/台北市'], ['湖北仙桃', '湖北省/仙桃市'], ['北京市/市辖区/东城区', '北京市/东城区'], ['中国广东', '广东省'], ['延边', '吉林省/延边朝鲜族自治州'], ['苏州', '江苏省/苏州市'],
  ]
  for (const [typed, path] of places) assert.equal(read('region', typed), path, typed)
})

test('a name of several places is a question, an unknown one is refused', () => {
  assert.deepEqual(read('region', '朝阳区'), refused('region.ambiguous → 北京市/朝阳区'))
  assert.deepEqual(read('region', '火星'), refused('region.unknown'))
  assert.deepEqual(read('region', '武汉市福田区'), refused('region.unknown → 湖北省/武汉市'))
})

test('a pasted address falls into its region and the rest', () => {
  const addresses: [text: string, region: string | null, detail: string][] = [
    ['广东省深圳市南山区科技园路1号', '广东省/深圳市/南山区', '科技园路1号'], ['深圳市南山区科技园路1号', '广东省/深圳市/南山区', '科技园路1号'], ['广东 深圳 南山区 科技园', '广东省/深圳市/南山区', '科技园'],
    ['518000 广东省深圳市', '广东省/深圳市', ''], ['上海浦东新区世纪大道100号', '上海市/浦东新区', '世纪大道100号'], ['武汉市福田区人民路288号', '湖北省/武汉市', '福田区人民路288号'],
    ['上海路1号', null, '上海路1号'], ['朝阳区建国路88号', null, '朝阳区建国路88号'], ['', null, ''],
  ]
  for (const [text, region, detail] of addresses) assert.deepEqual(splitAddress(text), { region, detail }, text)
})

test('a landline says where it is, a mobile says nothing', () => {
  assert.equal(regionOfPhone('0755-88888888'), '广东省/深圳市')
  assert.equal(regionOfPhone('010-12345678-801'), '北京市')
  for (const phone of ['13800138000', '400-123-4567', '0999-1234567']) assert.equal(regionOfPhone(phone), null)
  for (const [code, region] of areaCodes) assert.ok(regions()?.byPath.has(region), `${code} ${region}`)
})
