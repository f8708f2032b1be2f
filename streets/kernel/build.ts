import asc from 'assemblyscript/asc'

/** Files whose exports the module exports. */
const ENTRIES = [
  'tables',
  'customise',
  'longest-time',
  'distance',
  'batches',
  'drivers',
  'driver-places',
  'found',
  'waiting-moves',
  'driver-times',
  'nearest',
  'rows',
  'places',
  'street-ends',
  'between-places',
  'many-places',
  'place-table',
  'prepared',
]
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

/** Text of `kernel-wasm.ts`: the kernel of `simd/*.as.ts` compiled by the pinned AssemblyScript. */
export async function kernelModule(): Promise<string> {
  let bytes = new Uint8Array()
  const names = ENTRIES.map(name => `${name}.as.ts`)
  const baseDir = new URL('simd', import.meta.url).pathname
  const { error, stderr } = await asc.main(
    [
      ...names,
      ...OPTIONS,
      '--enable',
      'simd',
      '--use',
      'abort=',
      '--baseDir',
      baseDir,
      '--outFile',
      'kernel.wasm',
    ],
    {
      writeFile(_name: string, contents: Uint8Array | string) {
        if (typeof contents !== 'string') bytes = contents.slice()
      },
    },
  )
  if (error !== null) throw new Error(`The kernel does not compile: ${stderr.toString()}`)
  const text = btoa(String.fromCharCode(...bytes))
  return `/** WebAssembly of simd/*.as.ts in base64, made by \`npm run kernel\`. */\nexport const KERNEL =\n  '${text}'\n`
}

if (import.meta.main) console.log((await kernelModule()).trimEnd())
