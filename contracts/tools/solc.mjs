#!/usr/bin/env node
// Stands in for the native compiler: forge calls it, the npm (wasm) solc answers.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PLAIN } from './plain.ts'

const require = createRequire(import.meta.url)

/** Forge asks for it with every command, and to load the compiler takes ten times as long as to read it. */
function version() {
  const kept = new URL(`../cache/solc-${require('solc/package.json').version}.txt`, import.meta.url)
  try {
    return readFileSync(kept, 'utf8')
  } catch {
    const text = require('solc').version()
    mkdirSync(new URL('.', kept), { recursive: true })
    const made = new URL(`${kept.href}.${process.pid}`)
    writeFileSync(made, text)
    renameSync(made, kept)
    return text
  }
}

if (process.argv.includes('--version'))
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version()}`)
else {
  const input = JSON.parse(readFileSync(0, 'utf8'))
  if (process.env.SOLC_PLAIN) input.settings.optimizer = PLAIN
  process.stdout.write(require('solc').compile(JSON.stringify(input)))
}
