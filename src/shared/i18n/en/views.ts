import type { views as chinese } from '../zh-CN/views.ts'

/** Saved views: what may be refused, their tabs and dialogs, boards, calendars, cards. They come with these screens. */
export const views: Record<keyof typeof chinese, string> = {
  'view.byChoice': 'A board needs a choice field for its columns',
  'view.byDate': 'A calendar needs a date field for its days',
  'view.mayNotShare': 'You can save views of your own; sharing with a department is for its head, with everyone for whoever may shape fields',
  'view.nameMissing': 'A view needs a name',
  'view.nameLong': 'The name of a view has at most {most} characters',
  'view.nameTaken': 'There is a view called “{name}” already',
  'view.tooMany': 'There are {most} views already: remove some that nobody needs',
  'view.departmentMissing': 'Choose a department',
  'view.departmentUnasked': 'Only a view for a department names one',
  'view.defaultOwn': 'A view of your own cannot be the default of a role',
  'view.conflict': 'Somebody has just changed this view: look at it again before you save',
}
