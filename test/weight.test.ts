import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSize } from '../bench/weight.ts'

/** kB, gzip. */
const limits = { js: 190, css: 25 }
const size = bundleSize()

test('whoever is signed in waits for 190 kB of program and 25 kB of styles at most before the sheet stands', { skip: size === null && 'the web client is not built' }, () => {
  assert.ok(size && size.js <= limits.js && size.css <= limits.css, `the first route weighs ${size?.js.toFixed(1)} kB of JavaScript and ${size?.css.toFixed(1)} kB of CSS`)
})
