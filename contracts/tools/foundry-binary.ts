import { chmodSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:process'

const ARCH: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * Path of the native forge or anvil that npm installed. Not the package's own `bin.mjs`: that always exits with 0,
 * so that a failed build or test would pass.
 * @throws {Error} when npm has none for this machine
 */
export function foundryBinary(tool: 'forge' | 'anvil'): string {
  const name = `@foundry-rs/${tool}-${platform}-${ARCH[arch] ?? arch}`
  const file = platform === 'win32' ? `${tool}.exe` : tool
  let path: string
  try {
    const here = createRequire(import.meta.url).resolve(`@foundry-rs/${tool}/package.json`)
    path = createRequire(here).resolve(`${name}/bin/${file}`)
  } catch (cause) {
    throw new Error(`${name} is not installed: run \`npm install\` (this machine is ${platform} ${arch}).`, {
      cause,
    })
  }
  if (platform !== 'win32' && (statSync(path).mode & 0o111) === 0) chmodSync(path, 0o755)
  return path
}
