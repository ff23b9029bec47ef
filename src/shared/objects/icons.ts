/** The drawings that an object may have in the rail, in searches and on cards. */
export const objectIcons = [
  'company', 'people', 'person', 'box', 'tool', 'truck', 'place', 'calendar', 'file', 'tag', 'star', 'shield', 'group', 'phone', 'mail', 'key', 'flag', 'coin', 'book', 'columns',
] as const
export type ObjectIcon = (typeof objectIcons)[number]
