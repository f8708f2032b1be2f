#!/usr/bin/env node
// Stands in for the native compiler: forge calls it, the npm (wasm) solc answers.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const solc = createRequire(import.meta.url)('solc')
const line = 'solc, the solidity compiler commandline interface'
if (process.argv.includes('--version')) console.log(`${line}\nVersion: ${solc.version()}`)
else process.stdout.write(solc.compile(readFileSync(0, 'utf8')))
