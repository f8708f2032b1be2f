import asc from 'assemblyscript/asc'

const OPTIONS = [
  '--runtime',
  'stub',
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--noAssert',
]

/** Text of `lanes-wasm.ts`: `simd/sha256.as.ts` compiled by the pinned AssemblyScript. */
export async function lanesModule(): Promise<string> {
  let bytes = new Uint8Array()
  const baseDir = new URL('simd', import.meta.url).pathname
  const { error, stderr } = await asc.main(
    ['sha256.as.ts', ...OPTIONS, '--enable', 'simd', '--baseDir', baseDir, '--outFile', 'lanes.wasm'],
    {
      writeFile(_name: string, contents: Uint8Array | string) {
        if (typeof contents !== 'string') bytes = contents.slice()
      },
    },
  )
  if (error !== null) throw new Error(`The kernel does not compile: ${stderr.toString()}`)
  const text = btoa(String.fromCharCode(...bytes))
  return `/** WebAssembly of simd/sha256.as.ts in base64, made by \`npm run kernel\`. */\nexport const LANES =\n  '${text}'\n`
}

if (import.meta.main) console.log((await lanesModule()).trimEnd())
