const legalForms = /(股份有限公司|有限责任公司|有限公司|责任公司|集团公司|公司|集团|co,?ltd|ltd|inc|llc|gmbh)$/

/**
 * 名称的归一: brackets, blanks, widths, case and the legal form make no difference, so that
 * 北京（海淀）示例科技有限公司 and 北京(海淀)示例科技 have one key. Empty when nothing is left.
 */
export function nameKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/[\s\u200b-\u200f\ufeff'"“”‘’·•・,.\-_]/g, '').replace(/[[【〔]/g, '(').replace(/[\]】〕]/g, ')')
  const bare = plain.replace(/\(个体工商户\)$/, '').replace(legalForms, '').replace(legalForms, '')

  return bare === '' ? plain : bare
}
