/** `classes[0].unit.metres` as its steps. */
const stepsOf = (path: string): readonly string[] => path.split(/[.[\]]+/).filter(step => step !== '')

/** The value at a path of plain JSON; undefined where there is none. */
export function valueAt(json: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    json,
  )
}

/** The same JSON with another value at a path; nothing else is copied deeply. `undefined` takes an entry out of a list. */
export function putAt(json: unknown, path: string, value: unknown): unknown {
  return put(json, stepsOf(path), value)
}

function put(at: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(at)) {
    const index = Number(step)
    if (rest.length === 0 && value === undefined) return at.filter((_, i) => i !== index)
    const copy = [...at]
    copy[index] = put(at[index], rest, value)
    return copy
  }
  const fields = (typeof at === 'object' && at !== null ? at : {}) as Record<string, unknown>
  return { ...fields, [step]: put(fields[step], rest, value) }
}
