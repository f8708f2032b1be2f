import type { AsyncCity } from './city-client.ts'

/** Names of the calls a city answers. */
export type CityMethod = Exclude<keyof AsyncCity, typeof Symbol.asyncDispose>

/** Arguments of a call; a signal does not travel. */
export type CityArgs<M extends CityMethod> =
  Parameters<AsyncCity[M]> extends [...infer A] ? Partial<A> & unknown[] : never

/** What a call gives. */
export type CityResult<M extends CityMethod> = Awaited<ReturnType<AsyncCity[M]>>

/** Page to worker. */
export type CityCall =
  | { readonly id: number; readonly method: CityMethod; readonly args: readonly unknown[] }
  | { readonly cancel: number }

/** Worker to page. */
export type CityAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string }
