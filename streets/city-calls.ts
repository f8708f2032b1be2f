/** Page to worker: a method by name, and what it is given. A signal does not travel. */
export type CityCall =
  | { readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly cancel: number }

/** Worker to page. */
export type CityAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string }
