import type { ReactNode } from 'react'
import { setLang, t, useLang } from '#web/i18n.ts'
import { Seal } from '#web/ui/seal.tsx'
import classes from './cover.module.css'

/** The page before the ledger opens: its cover beside a form. */
export function Cover({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <title>{`${title} · ${t('product.name')}`}</title>
      <aside className={classes.aside}><Book /></aside>
      <main className={classes.main}>
        <div className={classes.column}>
          <div className={classes.brand}><Seal size={32} /><span>{t('product.name')}</span></div>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
          {children}
        </div>
        <LanguageSwitch />
      </main>
    </div>
  )
}

/** A thread-bound book in 石青 cloth: four stitches at the right edge, a paper slip with the title. */
function Book() {
  const stitches = [48, 138, 242, 332]
  return (
    <svg className={classes.book} viewBox="0 0 280 380" aria-hidden="true">
      <path className={classes.pages} d="M14 18v356h250M19 14v355h250" />
      <rect className={classes.cloth} x="24" y="8" width="248" height="356" rx="2" />
      <g className={classes.thread}>
        <path d="M244 8v356" />
        {stitches.map(y => <path key={y} d={`M244 ${y}h28M244 ${y + 3}h28`} />)}
      </g>
      <rect className={classes.slip} x="46" y="30" width="62" height="190" />
      <rect className={classes.slipLine} x="51" y="35" width="52" height="180" />
      {[...t('product.mark')].map((letter, i) => <text key={letter} className={classes.letter} x="77" y={92 + i * 54}>{letter}</text>)}
      <path className={classes.slipLine} d="M65 190h24" />
    </svg>
  )
}

function LanguageSwitch() {
  const lang = useLang()
  return (
    <div className={classes.languages}>
      <button type="button" lang="zh-CN" aria-pressed={lang === 'zh-CN'} onClick={() => void setLang('zh-CN')}>{t('language.zh-CN')}</button>
      <button type="button" lang="en" aria-pressed={lang === 'en'} onClick={() => void setLang('en')}>{t('language.en')}</button>
    </div>
  )
}
