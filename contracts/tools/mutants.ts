import type { AstNode, Sources } from './quick-compile.ts'

/** One small fault: where it is, what stood there and what stands there instead. */
export interface Mutant {
  readonly id: number
  readonly kind: Kind
  readonly place: string
  readonly from: string
  readonly to: string
}

/** What is changed. */
export type Kind = 'relation' | 'arithmetic' | 'boolean' | 'condition' | 'deletion' | 'constant' | 'swap'

/**
 * All mutants in one text: each choice is made by comparing the constant MUTANT, whose 32 bytes are then replaced in
 * the compiled code by the number of a mutant. One compilation serves all.
 */
export interface Schemata {
  readonly sources: Sources
  readonly mutants: readonly Mutant[]
}

/** The value of MUTANT before it is replaced. */
export const MARK = 'c0ffee5eed0b5e55ed0ddba11c0de1e55fade0ff1ce0facade0decade0badf0d'
const HOME = 'contracts/src/Mutant.sol'

const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
}
const ARITHMETIC: Readonly<Record<string, string>> = {
  ...{
    '+': '-',
    '-': '+',
    '*': '/',
    '/': '*',
    '<<': '>>',
    '>>': '<<',
    '&': '|',
    '|': '&',
    '+=': '-=',
    '-=': '+=',
  },
}
const BOOLEAN: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' }

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && 'nodeType' in value && 'src' in value

function childrenOf(node: AstNode): AstNode[] {
  const found: AstNode[] = []
  for (const [key, value] of Object.entries(node))
    if (key !== 'typeName' && key !== 'documentation' && key !== 'overrides')
      for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) found.push(each)
  return found.sort((a, b) => rangeOf(a)[0] - rangeOf(b)[0])
}

function rangeOf(node: AstNode): [start: number, end: number] {
  const [start, length] = node.src.split(':').map(Number)
  return [start!, start! + length!]
}

const typeOf = (node: unknown): string =>
  (node as { typeDescriptions?: { typeString?: string } } | undefined)?.typeDescriptions?.typeString ?? ''
const isConstant = (node: AstNode): boolean =>
  typeOf(node).startsWith('int_const') && node.nodeType !== 'Identifier' && node.nodeType !== 'MemberAccess'

/** Makes the text of all mutants but those in `without` (which do not compile). */
export function schemata(
  sources: Sources,
  asts: ReadonlyMap<string, AstNode>,
  without: ReadonlySet<number> = new Set(),
): Schemata {
  const mutants: Mutant[] = []
  const texts: Record<string, string> = { [HOME]: `${head}uint256 constant MUTANT = 0x${MARK};\n` }
  for (const [path, source] of Object.entries(sources)) {
    const writer = createWriter(path, Buffer.from(source), mutants, without)
    const text = writer(asts.get(path)!)
    texts[path] = text.replace(
      /(pragma solidity [^;]+;\n)/,
      '$1import {MUTANT} from "contracts/src/Mutant.sol";\n',
    )
  }
  return { sources: texts, mutants: mutants.filter(({ id }) => !without.has(id)) }
}

const head = '// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\n'

/** True for `a < b` where the smaller or the larger of the two is then taken: with `<=` it is the same one. */
function takesOneOfTwo(condition: AstNode, one: string, other: string, plain: (node: AstNode) => string) {
  if (condition.nodeType !== 'BinaryOperation') return false
  const bare = (text: string) => /^uint\d+\((.*)\)$/.exec(text)?.[1] ?? text
  const sides = [condition.leftExpression, condition.rightExpression].map(side => plain(side as AstNode))
  return sides.map(bare).sort().join() === [one, other].map(bare).sort().join()
}

/** Functions whose arguments have no order. */
const UNORDERED = /(^|\.)(min|max)$/

function createWriter(path: string, bytes: Buffer, mutants: Mutant[], without: ReadonlySet<number>) {
  const plain = (node: AstNode): string => bytes.subarray(...rangeOf(node)).toString()
  const takers = new Set<AstNode>()
  const lineOf = (node: AstNode): number => bytes.subarray(0, rangeOf(node)[0]).toString().split('\n').length

  /** Numbers a mutant; null when it is left out. */
  function add(kind: Kind, node: AstNode, to: string, from = plain(node)): number | null {
    const id = mutants.length
    const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 120)
    mutants.push({ id, kind, place: `${path}:${lineOf(node)}`, from: short(from), to: short(to) })
    return without.has(id) ? null : id
  }

  /** `base` with the alternatives around it, each under its number. */
  function choose(base: string, options: readonly (readonly [number | null, string])[]): string {
    return options.reduce(
      (text, [id, other]) => (id === null ? text : `(MUTANT == ${id} ? ${other} : ${text})`),
      base,
    )
  }

  /** Text of a node with its children written anew. */
  function inside(node: AstNode, replaced: ReadonlyMap<AstNode, string> = new Map()): string {
    const [start, end] = rangeOf(node)
    let text = ''
    let at = start
    for (const child of childrenOf(node)) {
      const [from, to] = rangeOf(child)
      if (from < at || to > end) continue
      text += bytes.subarray(at, from).toString() + (replaced.get(child) ?? write(child))
      at = to
    }
    return text + bytes.subarray(at, end).toString()
  }

  function write(node: AstNode): string {
    if (isConstant(node))
      return choose(plain(node), [[add('constant', node, `${plain(node)} + 1`), `((${plain(node)}) + 1)`]])
    switch (node.nodeType) {
      case 'BinaryOperation':
        return binary(node)
      case 'UnaryOperation':
        return unary(node)
      case 'Conditional':
        return conditional(node)
      case 'IfStatement':
        return ifStatement(node)
      case 'FunctionCall':
        return call(node)
      case 'ExpressionStatement':
      case 'EmitStatement':
        return statement(node)
      case 'Literal':
        return node.kind === 'bool'
          ? choose(plain(node), [[add('boolean', node, `!${plain(node)}`), `!${plain(node)}`]])
          : plain(node)
      case 'YulLiteral':
        return yulLiteral(node)
      case 'ForStatement':
        return forLoop(node)
      case 'ImportDirective':
      case 'PragmaDirective':
      case 'ErrorDefinition':
      case 'EventDefinition':
      case 'StructDefinition':
      case 'EnumDefinition':
      case 'UsingForDirective':
      case 'ModifierInvocation':
      case 'InheritanceSpecifier':
      case 'ParameterList':
        return plain(node)
      default:
        return inside(node)
    }
  }

  function binary(node: AstNode): string {
    const operator = node.operator as string
    const [left, right] = [plain(node.leftExpression as AstNode), plain(node.rightExpression as AstNode)]
    const kind: Kind = operator in RELATIONS ? 'relation' : operator in BOOLEAN ? 'boolean' : 'arithmetic'
    const all = RELATIONS[operator] ?? [BOOLEAN[operator] ?? ARITHMETIC[operator] ?? []].flat()
    const others = takers.has(node) ? all.filter(other => other[0] !== operator[0]) : all
    const options = others.map(other => {
      const to = `${left} ${other} ${right}`
      return [add(kind, node, to), `(${to})`] as const
    })
    return choose(options.length > 0 ? `(${inside(node)})` : inside(node), options)
  }

  function unary(node: AstNode): string {
    const operand = node.subExpression as AstNode
    if (node.operator === '!')
      return choose(inside(node), [[add('boolean', node, plain(operand)), plain(operand)]])
    if (node.operator === '++')
      return choose(inside(node), [[add('arithmetic', node, `--${plain(operand)}`), `--${plain(operand)}`]])
    return inside(node)
  }

  function conditional(node: AstNode): string {
    const condition = node.condition as AstNode
    const [one, other] = [node.trueExpression, node.falseExpression].map(each => plain(each as AstNode))
    if (takesOneOfTwo(condition, one!, other!, plain)) takers.add(condition)
    const id = add('condition', node, `!(${plain(condition)})`, plain(condition))
    return inside(
      node,
      new Map([[condition, choose(`(${write(condition)})`, [[id, `!(${plain(condition)})`]])]]),
    )
  }

  /** A guard is taken out; another condition is also turned round. */
  function ifStatement(node: AstNode): string {
    const condition = node.condition as AstNode
    const body = plain(node.trueBody as AstNode)
    const [, left, right] = /^([^=;]+?) = ([^=;]+);?$/.exec(body) ?? []
    if (left && right && takesOneOfTwo(condition, left, right, plain)) takers.add(condition)
    const guard = /^\{?\s*revert\b/.test(body)
    const options: [number | null, string][] = [
      [add(guard ? 'deletion' : 'condition', node, 'false', plain(condition)), 'false'],
    ]
    if (!guard) options.push([add('condition', node, 'true', plain(condition)), 'true'])
    const chosen = choose(`(${write(condition)})`, options)
    const [first, second] = [node.trueBody, node.falseBody] as [AstNode, AstNode | null | undefined]
    // Without braces the `else` would go to a choice that was put in between.
    if (second && first.nodeType !== 'Block')
      return `if (${chosen}) { ${write(first)}; } else ${write(second)}`
    return inside(node, new Map([[condition, chosen]]))
  }

  /** Swaps neighbouring arguments of one type. */
  function call(node: AstNode): string {
    const args = node.arguments as AstNode[]
    // `address(0)`: a choice has no such type.
    if (node.kind === 'typeConversion' && args.every(isConstant)) return plain(node)
    const replaced = new Map<AstNode, string>()
    for (let i = 0; i + 1 < args.length; i++) {
      const [a, b] = [args[i]!, args[i + 1]!]
      if (typeOf(a) !== typeOf(b) || plain(a) === plain(b) || isConstant(a)) continue
      if (UNORDERED.test(plain(node.expression as AstNode))) continue
      const id = add('swap', node, `${plain(b)}, ${plain(a)}`, `${plain(a)}, ${plain(b)}`)
      replaced.set(a, choose(replaced.get(a) ?? write(a), [[id, plain(b)]]))
      replaced.set(b, choose(write(b), [[id, plain(a)]]))
    }
    return inside(node, replaced)
  }

  function statement(node: AstNode): string {
    const expression = node.expression as AstNode | undefined
    let text = inside(node)
    const operator = expression?.operator as string | undefined
    if (expression?.nodeType === 'Assignment' && operator && ARITHMETIC[operator]) {
      const [left, right] = [expression.leftHandSide, expression.rightHandSide] as [AstNode, AstNode]
      const other = `${plain(left)} ${ARITHMETIC[operator]} ${plain(right)}`
      const id = add('arithmetic', node, other)
      if (id !== null) text = `if (MUTANT == ${id}) ${other}; else ${text}`
    }
    // A storage pointer without a value does not compile.
    if (typeOf(expression?.leftHandSide).endsWith('storage pointer')) return text
    const id = add('deletion', node, '')
    // Its semicolon stands behind the node.
    return id === null ? text : `if (MUTANT != ${id}) ${text}`
  }

  /** The body and the condition; a step that does not step would only hang. */
  function forLoop(node: AstNode): string {
    const step = node.loopExpression as AstNode | null | undefined
    return inside(node, new Map(step ? [[step, plain(step)]] : []))
  }

  function yulLiteral(node: AstNode): string {
    if (node.kind !== 'number') return plain(node)
    const id = add('constant', node, `${plain(node)} + 1`)
    return id === null ? plain(node) : `add(${plain(node)}, eq(MUTANT, ${id}))`
  }

  return write
}
