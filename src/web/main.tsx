import '#web/ui/mantine.css'
import '#web/ui/theme.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { firstLang, setLang } from './i18n.ts'
import { queries } from './queries.ts'
import { begin } from './session/begin.ts'
import { theme, variables } from './theme.ts'

const scheme = localStorageColorSchemeManager({ key: 'kebu.theme' })

// Texts that do not come leave the screen in Chinese; the connection line says why.
await Promise.all([setLang(firstLang()).catch(() => setLang('zh-CN')), begin()])

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={scheme} defaultColorScheme="auto">
        <QueryClientProvider client={queries}><App /></QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
