import { spawn } from 'node:child_process'
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { compressFolder } from './compress.ts'
import { ROOT } from './root.ts'
import { sourceHash } from './source-hash.ts'

/** The three apps, by the name that their folder and their address begin with. */
export const APPS = ['rider', 'driver', 'authority'] as const

/** One of the three apps. */
export type App = (typeof APPS)[number]

const ROOMS = ['protocol', 'streets', 'transit', 'matcher', 'net', 'chain', 'audit', 'client', 'ui']
/** Written last into a folder: without it the build was cut short. */
const MARK = '.built'

/** Where the built pages of an app lie, and whether they had to be built. */
export interface BuiltApp {
  readonly dir: string
  readonly built: boolean
}

/** Builds an app with Vite and compresses it, unless its sources are the same as when it was built last. */
export async function buildApp(app: App, cacheDir: string, signal: AbortSignal): Promise<BuiltApp> {
  const hash = sourceHash(ROOT, [...ROOMS, `${app}-web`, 'package-lock.json', 'node/app-build.ts'])
  const dir = join(cacheDir, `${app}-${hash}`)
  if (await exists(join(dir, MARK))) return { dir, built: false }
  const draft = `${dir}.${process.pid}.tmp`
  await mkdir(cacheDir, { recursive: true })
  try {
    await runVite(join(ROOT, `${app}-web`), draft, signal)
    await compressFolder(draft)
    await writeFile(join(draft, MARK), '')
    for (const old of await readdir(cacheDir))
      if (old.startsWith(`${app}-`) && !old.endsWith('.tmp'))
        await rm(join(cacheDir, old), { recursive: true })
    await rename(draft, dir)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return { dir, built: true }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function runVite(root: string, outDir: string, signal: AbortSignal): Promise<void> {
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
  const args = [vite, 'build', root, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, args, { cwd: root, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      const message = `The page in ${root} does not build: run «npx vite build ${root}» to see why.\n${said.trim()}`
      if (code === 0) resolve()
      else reject(new HexhailError('app-build', message, { code }))
    })
  })
}
