import { type OptionTable, optionHelp, parseOptions, type Values } from './options.ts'

/** A sub-command of `hexhail`: its help and what it does. */
export interface Command<T extends OptionTable = OptionTable> {
  /** The name and the plain words it takes: `city [FILE]`. */
  readonly usage: string
  readonly about: string
  readonly options: T
  /** Plain words it takes at most. */
  readonly words?: number
  readonly run: (values: Values<T>, words: readonly string[]) => Promise<void>
}

/** A command that can be started with what stands on the command line. */
export interface Runnable {
  help(): string
  start(argv: readonly string[]): Promise<void>
}

/** Ties a command's options to its body, so that the body gets them typed. */
export function command<const T extends OptionTable>(spec: Command<T>): Runnable {
  return {
    help: () => `hexhail ${spec.usage} [options]\n\n${spec.about}\n\n${optionHelp(spec.options)}\n`,
    start: argv => {
      const { values, words } = parseOptions(spec.options, argv, spec.words)
      return spec.run(values, words)
    },
  }
}
