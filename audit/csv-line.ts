/** A row of RFC 4180 text without its end; nothing for what is not there. */
export const csvLine = (fields: readonly (string | number | bigint | null | undefined)[]): string =>
  fields.map(field => quoted(String(field ?? ''))).join(',')

/** A field of RFC 4180; one that a spreadsheet would run as a formula is made plain text. */
function quoted(field: string): string {
  const plain = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
