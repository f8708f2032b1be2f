#!/usr/bin/env node
// Stands in for the native compiler: forge calls it, the npm (wasm) solc answers.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PLAIN } from './plain.ts'

const solc = createRequire(import.meta.url)('solc')
const line = 'solc, the solidity compiler commandline interface'
if (process.argv.includes('--version')) console.log(`${line}\nVersion: ${solc.version()}`)
else {
  const input = JSON.parse(readFileSync(0, 'utf8'))
  if (process.env.SOLC_PLAIN) input.settings.optimizer = PLAIN
  process.stdout.write(solc.compile(JSON.stringify(input)))
}
