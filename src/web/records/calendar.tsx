import '@mantine/dates/styles.css'
import 'dayjs/locale/zh-cn'
import { DatePicker } from '@mantine/dates'
import { t, useLang } from '#web/i18n.ts'
import { context } from './values.ts'

/** The month to pick from. Weeks begin on Monday. Loaded when opened. */
export default function Calendar({ value, onPick }: { value: string; onPick: (date: string) => void }) {
  const lang = useLang()
  const date = /^\d{4}-\d\d-\d\d$/.test(value) ? value : null
  return (
    <DatePicker
      value={date} defaultDate={date ?? context().today} getDayProps={day => ({ 'aria-current': day === context().today ? 'date' : undefined })}
      locale={lang === 'zh-CN' ? 'zh-cn' : 'en'} firstDayOfWeek={1} highlightToday allowDeselect={false}
      monthLabelFormat={t('calendar.month')} yearLabelFormat="YYYY" monthsListFormat={t('calendar.monthOfYear')}
      onChange={picked => { if (picked !== null) onPick(picked) }}
    />
  )
}
