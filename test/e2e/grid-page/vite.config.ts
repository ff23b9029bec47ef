import { defineConfig } from 'vite'

/** The grid alone, over rows that are made up in the browser. Only tests build it. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'error',
  build: { outDir: '../../../dist/grid-page', emptyOutDir: true, target: 'es2023' },
  oxc: { jsx: { runtime: 'automatic' } },
})
