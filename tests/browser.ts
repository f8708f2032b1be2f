import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Flags with which every test starts Chromium: software WebGL, real local addresses for WebRTC. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function which(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map(folder => join(folder, name)).find(runs) ?? null
}

/** Path of a Chromium that is here: `$CHROMIUM`, or one on the PATH; null without one. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM
  if (given !== undefined && given !== '') return runs(given) ? given : which(given)
  for (const name of NAMES) {
    const path = which(name)
    if (path !== null) return path
  }
  return null
}

/** Path of a Chromium, which is installed first where there is none and we may. Throws one line that says what to do. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium()
  if (found !== null) return found
  if (process.getuid?.() === 0 && which('apt-get') !== null) {
    console.log('No Chromium here: installing Debian’s (apt-get install -y chromium).')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update'], { stdio: 'inherit', env })
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env })
    const installed = findChromium()
    if (installed !== null) return installed
  }
  throw new Error(
    'No Chromium found: install it (`sudo apt-get install chromium`) or set CHROMIUM to the path of one.',
  )
}
