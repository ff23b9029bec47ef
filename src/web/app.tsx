import { lazy, Suspense } from 'react'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, RouterProvider } from '@tanstack/react-router'
import { Banner } from './frame/banner.tsx'
import { Crash } from './frame/crash.tsx'
import { NotFound } from './frame/not-found.tsx'
import { Shell } from './frame/shell.tsx'
import { useLang, withTexts } from './i18n.ts'
import { readListAddress } from './records/list-address.ts'
import { useSession } from './session/me.ts'
import { Toasts } from './ui/toast.tsx'

const FirstRun = lazy(() => import('./session/first-run.tsx').then(file => ({ default: file.FirstRun })))
const SignIn = lazy(() => import('./session/sign-in.tsx').then(file => ({ default: file.SignIn })))

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Crash })
const at = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) => createRoute({ getParentRoute: () => root, path, component })

/** The screens. */
const screens = [
  createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { throw redirect({ to: '/$object', params: { object: 'customers' } }) } }),
  at('/me', lazyRouteComponent(() => withTexts('settings', import('./settings/me-screen.tsx')), 'MeScreen')),
  at('/import', lazyRouteComponent(() => withTexts('imports', import('./imports/imports-screen.tsx')), 'ImportsScreen')),
  at('/import/$id', lazyRouteComponent(() => withTexts('imports', import('./imports/import-screen.tsx')), 'ImportScreen')),
  at('/settings', lazyRouteComponent(() => withTexts('settings', import('./settings/settings-screen.tsx')), 'SettingsScreen')),
  at('/settings/$section', lazyRouteComponent(() => withTexts('settings', import('./settings/settings-screen.tsx')), 'SettingsScreen')),
  createRoute({ getParentRoute: () => root, path: '/$object', validateSearch: readListAddress, component: lazyRouteComponent(() => import('./records/list-screen.tsx'), 'ListScreen') }),
  at('/$object/recycle-bin', lazyRouteComponent(() => import('./records/recycle-bin.tsx'), 'RecycleBinScreen')),
  at('/$object/$id', lazyRouteComponent(() => import('./frame/record-screen.tsx'), 'RecordScreen')),
] as const

const router = createRouter({ routeTree: root.addChildren(screens), defaultPreload: 'intent', defaultErrorComponent: Crash, scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}

/** Whoever sits here sees what fits: the first run, the sign-in, or the frame with the screens. */
export function App() {
  const session = useSession()
  const lang = useLang()
  if (session.state === 'asking') return <Banner />
  if (session.state === 'firstRun') return <Suspense><Banner /><FirstRun /></Suspense>
  if (session.state === 'nobody') return <Suspense><Banner /><SignIn /></Suspense>
  return (
    <>
      <div inert={session.state === 'expired'} className="kb-app"><RouterProvider key={lang} router={router} /></div>
      {session.state === 'expired' && <div className="kb-over"><Suspense><SignIn again={session.me} /></Suspense></div>}
      <Toasts />
    </>
  )
}
