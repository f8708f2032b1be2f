import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { AuthorityModel } from '../model.ts'
import { t } from '../text.ts'
import { ProveRows, type ProveRowsProps } from './ProveRows.tsx'

/** Properties of `ProveFigure`. */
export type ProveFigureProps<R> = Omit<ProveRowsProps<R>, 'at' | 'prove' | 'facts' | 'command'> & {
  readonly model: Pick<AuthorityModel, 'prove'>
  readonly command?: string
}

/** Works figures out on another machine, from the chain itself. */
const COMMAND = 'hexhail audit sync && hexhail audit export csv'

/** Opens what a figure is made of; there the chain is asked for every event in it. */
export function ProveFigure<R extends { readonly fact: ChainFact }>(props: ProveFigureProps<R>) {
  const { model, command = COMMAND, ...rest } = props
  return (
    <ProveRows
      {...rest}
      at="chain"
      prove={row => model.prove(row.fact)}
      facts={rows => <Blocks rows={rows} />}
      command={command}
    />
  )
}

function Blocks({ rows }: { readonly rows: readonly { readonly fact: ChainFact }[] }) {
  if (rows.length === 0) return null
  const blocks = rows.map(row => row.fact.blockNumber)
  const n = (value: number): string => formatNumber(value, locale.value)
  return (
    <>
      <dt>{t('proveBlocks')}</dt>
      <dd class="num">
        {n(blocks.reduce((a, b) => Math.min(a, b)))} – {n(blocks.reduce((a, b) => Math.max(a, b)))}
      </dd>
    </>
  )
}
