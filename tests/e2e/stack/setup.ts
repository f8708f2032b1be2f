import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { closeGallery } from '../people/gallery.ts'
import { halfOf } from './half.ts'
import { isAlive, ROOT, STACK_ENV, type StackFile } from './stack.ts'

/** Starts the stack before the first test and stops it after the last; a stack named by the environment is used as it is. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env[STACK_ENV] !== undefined) return async () => closeGallery()
  const { folder, portBase } = halfOf(process.env)
  const state = join(ROOT, '.hexhail', folder)
  const file = join(state, 'stack.json')
  mkdirSync(state, { recursive: true })
  rmSync(file, { force: true })
  const where = ['--state', state, '--file', file, '--port-base', String(portBase)]
  const args = [join(ROOT, 'tests', 'e2e', 'stack', 'main.ts'), ...where]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ready = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (existsSync(file)) ready.resolve()
    })
  const ended = new Promise<number>(resolve => child.once('close', code => resolve(code ?? 1)))
  void ended.then(() => ready.reject(new Error(`The stack ended before it was ready:\n${said}`)))
  await ready.promise
  process.env[STACK_ENV] = file
  const { pids } = JSON.parse(readFileSync(file, 'utf8')) as StackFile
  return async () => {
    closeGallery()
    child.kill('SIGTERM')
    const code = await ended
    const left = Object.entries(pids).filter(([, pid]) => isAlive(pid))
    if (code !== 0) throw new Error(`The stack ended with code ${code}:\n${said}`)
    if (left.length > 0) throw new Error(`The stack left processes: ${JSON.stringify(left)}`)
  }
}
