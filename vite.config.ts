import path from 'node:path'
import { defineConfig } from 'vite'

/** The web client: `src/web` → `dist/web`, served by the server. React's JSX is compiled by Vite itself (oxc). */
export default defineConfig({
  root: 'src/web',
  base: '/',
  build: {
    outDir: '../../dist/web', emptyOutDir: true, target: 'es2023', sourcemap: false,
    rolldownOptions: {
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
