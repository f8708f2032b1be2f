import type { Finding } from '@hexhail/audit/checks/finding.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { LinkButton } from '@hexhail/ui/components/LinkButton.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { toast } from '@hexhail/ui/components/toasts.ts'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { saveText } from '@hexhail/ui/save-text.ts'
import { useEffect, useState } from 'preact/hooks'
import type { AuditDesk } from '../audit-desk.ts'
import type { AuditNews } from '../audit-job.ts'
import type { AuthorityModel } from '../model.ts'
import { type AuditFigure, AuditFigures } from '../parts/AuditFigures.tsx'
import { answerName, answerText } from '../parts/answer-text.ts'
import { Estimates } from '../parts/Estimates.tsx'
import { shortHex } from '../parts/names.ts'
import { SavedTable } from '../parts/SavedTable.tsx'
import { hrefOf } from '../route.ts'
import { type AuthorityText, t } from '../text.ts'

const nameOf = (check: string): string => t(`check${check}` as AuthorityText)

/** What does not fit, with its evidence; apart from it what merely stands out; and what nobody could look at here. */
export function Findings({ model, audit }: { readonly model: AuthorityModel; readonly audit: AuditDesk }) {
  useEffect(() => audit.begin(), [audit])
  const news = audit.news.value
  return (
    <div class="stack">
      <h1>{t('findingsTitle')}</h1>
      <p class="muted">{t('findingsWhy')}</p>
      <Disputes model={model} />
      {model.key.value === 'none' ? (
        <EmptyState
          icon="lock"
          title={t('findingsNeedKey')}
          actions={<LinkButton href="#/key">{t('keyAdd')}</LinkButton>}
        >
          {t('findingsNeedKeyText')}
        </EmptyState>
      ) : news === null ? (
        <Banner icon="clock">
          <Spinner label={t('auditing')} />
        </Banner>
      ) : (
        <News news={news} audit={audit} model={model} />
      )}
    </div>
  )
}

function Disputes({ model }: { readonly model: AuthorityModel }) {
  const disputes = model.disputes.value
  if (disputes.length === 0) return null
  return (
    <section class="stack-tight" aria-labelledby="disputes">
      <h2 id="disputes">{t('disputes')}</h2>
      <p class="muted small">{t('disputesWhy')}</p>
      <ul class="plain-list">
        {disputes.map(({ fact }) => (
          <li key={fact.terms}>
            <a class="table-action num" href={hrefOf({ screen: 'trip', terms: fact.terms })}>
              {t('disputeOf', {
                trip: shortHex(fact.terms),
                money: formatMoney(fact.disputed, locale.value, { exact: true }),
              })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

const count = (n: number): string => formatNumber(n, locale.value)

const FIGURES: readonly AuditFigure[] = [
  { name: 'auditTrips', rule: 'proveAuditTrips', testId: 'audit-trips', of: news => count(news.trips) },
  { name: 'auditOpened', rule: 'proveAuditOpened', of: news => count(news.filed.opened) },
  {
    name: 'findingsCount',
    rule: 'proveFindings',
    testId: 'findings',
    of: news => count(news.findings.length),
  },
]

function News({
  news,
  audit,
  model,
}: {
  readonly news: AuditNews
  readonly audit: AuditDesk
  readonly model: AuthorityModel
}) {
  const asked = Object.values(news.asked).reduce((sum, n) => sum + n, 0)
  const outliers = news.estimates
    .map(statistic => ({ statistic, rows: statistic.estimates.filter(each => each.standsOut).slice(0, 20) }))
    .filter(({ rows }) => rows.length > 0)
  return (
    <>
      <AuditFigures figures={FIGURES} news={news} rows={audit.audited.value} audit={audit} model={model} />
      {news.trips === 0 ? (
        <EmptyState icon="receipt" title={t('noSettlements')}>
          {t('noSettlementsHint')}
        </EmptyState>
      ) : news.findings.length === 0 ? (
        <EmptyState icon="check" title={t('findingsNone')}>
          {t('findingsNoneText', { trips: news.trips, checks: count(asked) })}
        </EmptyState>
      ) : (
        <FindingTable findings={news.findings} audit={audit} />
      )}
      <section class="stack" aria-labelledby="look-again">
        <h2 id="look-again">{t('lookAgain')}</h2>
        <p class="muted small">{t(outliers.length > 0 ? 'lookAgainWhy' : 'lookAgainNone')}</p>
        {outliers.map(({ statistic, rows }) => (
          <section class="stack-tight" key={statistic.check} aria-label={nameOf(statistic.check)}>
            <h3>{nameOf(statistic.check)}</h3>
            <Estimates statistic={statistic} rows={rows} caption={nameOf(statistic.check)} />
          </section>
        ))}
      </section>
      {news.notChecked.length > 0 && (
        <section class="stack-tight" aria-labelledby="not-checked">
          <h2 id="not-checked">{t('notChecked')}</h2>
          <p class="muted small">{t('notCheckedWhy')}</p>
          <p class="small">{[...new Set(news.notChecked.map(each => nameOf(each.check)))].join(' · ')}</p>
        </section>
      )}
    </>
  )
}

function FindingTable({
  findings,
  audit,
}: {
  readonly findings: readonly Finding[]
  readonly audit: AuditDesk
}) {
  const save = async (at: number, name: string): Promise<void> => {
    const text = await audit.evidence(at).catch(() => null)
    if (text === null) toast(t('evidenceGone'))
    else saveText(name, 'application/json', text)
  }
  const [most, setMost] = useState(PAGE)
  const rows = findings.slice(0, most).map((finding, at) => ({ finding, at }))
  return (
    <div class="stack-tight">
      <SavedTable
        file="findings"
        all={findings.map((finding, at) => ({ finding, at }))}
        caption={t('findingsTitle')}
        rows={rows}
        rowKey={({ at }) => String(at)}
        columns={[
          {
            key: 'check',
            title: t('finding'),
            plain: ({ finding }) => finding.check,
            cell: ({ finding }) => <strong>{nameOf(finding.check)}</strong>,
          },
          {
            key: 'trip',
            title: t('findingAbout'),
            plain: ({ finding }) => finding.terms.join(' ') || (finding.subject ?? null),
            cell: ({ finding }) => <Trips finding={finding} />,
          },
          {
            key: 'says',
            title: t('findingSays'),
            plain: ({ finding }) =>
              finding.answers
                .map(each => `${each.code} ${each.rule} ${each.expected.value}: ${each.found.value}`)
                .join('; '),
            cell: ({ finding }) => (
              <ul class="plain-list small">
                {finding.answers.map(answer => (
                  <li key={answer.code}>
                    {answerName(answer)}: <span class="num">{answerText(answer)}</span>
                  </li>
                ))}
              </ul>
            ),
          },
          {
            key: 'evidence',
            title: t('evidence'),
            cell: ({ finding, at }) => {
              const trip = finding.terms[0] ? shortHex(finding.terms[0]) : (finding.subject ?? '')
              return (
                <Button
                  size="small"
                  icon="download"
                  label={t('evidenceOf', { name: nameOf(finding.check), trip })}
                  onClick={() =>
                    void save(at, `${finding.check}-${(finding.terms[0] ?? String(at)).slice(0, 18)}.json`)
                  }
                >
                  {t('evidenceSave')}
                </Button>
              )
            },
          },
        ]}
      />
      {findings.length > most && (
        <div class="row">
          <Button size="small" onClick={() => setMost(most + MORE)}>
            {t('more')}
          </Button>
          <span class="muted small">{t('showing', { shown: rows.length, n: findings.length })}</span>
        </div>
      )}
    </div>
  )
}

/** Findings shown at first; and so many more at a press. */
const PAGE = 25
const MORE = 100

function Trips({ finding }: { readonly finding: Finding }) {
  if (finding.terms.length === 0) return <>{finding.subject}</>
  return (
    <span class="cluster">
      {finding.terms.slice(0, 3).map(terms => (
        <a class="table-action num" key={terms} href={hrefOf({ screen: 'trip', terms })}>
          {shortHex(terms)}
        </a>
      ))}
    </span>
  )
}
