import type { Fields, Message } from '@hexhail/protocol/fields.ts'

/** Where each field of a message begins in its fixed part (a varying one: its offset), and where that part ends. */
export function layoutOf<F extends Fields>(
  table: Message<number, string, F>,
): { readonly at: Readonly<Record<keyof F & string, number>>; readonly end: number } {
  let end = 0
  const at: Record<string, number> = {}
  for (const [name, field] of Object.entries(table.fields)) {
    at[name] = end
    end += field.size ?? 4
  }
  return { at: at as Record<keyof F & string, number>, end }
}
