import path from 'node:path'
import { defineConfig } from 'vite'

const modules = (names: string) => new RegExp(String.raw`[\\/]src[\\/]web[\\/](?:${names})\.tsx$`)

/**
 * A few files instead of sixty for the first screen: one with the frame and what stands in it, and what the sheet needs besides, cut
 * only where other screens share a piece. Together they pack 15 kB smaller. `test/weight.test.ts` holds the limit.
 */
const groups = [
  { name: 'frame', test: modules(String.raw`main|records[\\/]list-screen`), priority: 2 },
  // In one piece: cut in two that need each other, whoever comes in by another screen than the sheet would run them in the wrong order.
  { name: 'fields', test: /[\\/]src[\\/]shared[\\/]fields[\\/]all\.ts$/, priority: 1.5 },
  // Shared with boards and cards; the sheet's own piece would need it and be needed by it.
  { name: 'list', test: modules(String.raw`records[\\/](?:filter-bar|list-empty|field-cell)`), priority: 1.2 },
  { name: 'sheet', test: modules(String.raw`records[\\/]sheet`), priority: 1, entriesAware: true, entriesAwareMergeThreshold: 30_000 },
]

/** Pieces that several screens share would be called after all of them. */
const shortName = (name: string) => name.replace(/~.*/, '')

/** The web client: `src/web` → `dist/web`, served by the server. React's JSX is compiled by Vite itself (oxc). */
export default defineConfig({
  root: 'src/web',
  base: '/',
  build: {
    outDir: '../../dist/web', emptyOutDir: true, target: 'es2023', sourcemap: false, manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
        chunkFileNames: ({ name }) => `assets/${shortName(name)}-[hash].js`,
        assetFileNames: ({ names: [name = 'asset'] }) => `assets/${shortName(path.parse(name).name)}-[hash][extname]`,
      },
      // Mantine marks its files "use client"; here everything is.
      onwarn: (warning, warn) => {
        if (warning.code === 'MODULE_LEVEL_DIRECTIVE') return
        if (warning.code === 'IMPORT_IS_UNDEFINED') throw new Error(warning.message)
        warn(warning)
      },
    },
  },
  resolve: { alias: { 'zod/mini': path.join(import.meta.dirname, 'src/web/schemas.ts') } },
  oxc: { jsx: { runtime: 'automatic' } },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3080', ws: true } } },
})
