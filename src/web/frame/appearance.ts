import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { changeMe, type Me } from '#shared/api/session.ts'
import type { Lang } from '#shared/object.ts'
import { setLang, type Key } from '#web/i18n.ts'
import { queries, useCall } from '#web/queries.ts'
import { signedIn, useMe } from '#web/session/me.ts'
import type { IconName } from '#web/ui/icon.tsx'

export const langChoices: readonly [Lang, Key][] = [['zh-CN', 'language.zh-CN'], ['en', 'language.en']]
export const themeChoices: readonly [Me['theme'], Key, IconName][] = [['light', 'settings.theme.light', 'sun'], ['dark', 'settings.theme.dark', 'moon'], ['auto', 'settings.theme.auto', 'screen']]

/** Language and theme of this person: seen at once, remembered by the server for every device. */
export function useAppearance() {
  const me = useMe()
  const change = useCall(changeMe, { onSuccess: signedIn })
  return {
    setTheme: (theme: Me['theme']) => {
      signedIn({ ...me, theme })
      void change.run({ body: { theme } })
    },
    // Labels of the server are in the language of who asks: they are read anew.
    setLanguage: (lang: Lang) => {
      signedIn({ ...me, lang })
      void change.run({ body: { lang } }).then(() => queries.invalidateQueries())
    },
  }
}

/** Makes the screen look as this person wants it. */
export function useWear() {
  const { theme, lang } = useMe()
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => setColorScheme(theme), [theme, setColorScheme])
  useEffect(() => void setLang(lang).catch(() => undefined), [lang])
}
