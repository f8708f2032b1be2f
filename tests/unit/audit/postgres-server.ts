import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'

/** Folder of Debian's PostgreSQL programs, or null where it is not installed. */
export function findPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  return (
    versions.map(version => join(DEBIAN, version, 'bin')).find(bin => existsSync(join(bin, 'initdb'))) ?? null
  )
}

/** It refuses to run as root: then it runs as Debian's user for it. */
function person(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString())
  return { uid: id('-u'), gid: id('-g') }
}

/** A server with an empty database behind a socket in a folder of its own; nothing listens on a port. */
export async function startPostgres(bin: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const home = mkdtempSync(join(tmpdir(), 'hexhail-postgres-'))
  const who = person()
  if (who.uid !== undefined) chownSync(home, who.uid, who.gid!)
  const data = join(home, 'data')
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'audit', '-A', 'trust', '--no-sync'], {
    ...who,
    cwd: home,
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', home, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=8'],
    { ...who, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await ready(server)
  return {
    url: `postgres://audit@localhost/postgres?host=${encodeURIComponent(home)}`,
    async [Symbol.asyncDispose]() {
      const gone = new Promise(resolve => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
      rmSync(home, { recursive: true })
    },
  }
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', code => reject(new Error(`postgres ended with ${code}: ${said}`)))
  })
}
