import type { Problem } from '../problems';
import { childrenOf, ownTextOf } from './parse';
import type { Element } from './parse';
import { finalVerbs, nounRules, unplayable, verbRules } from './rules';
import type { ElementRule, Fault } from './rules';
import { speechMarkup } from './say-rules';

/** A fault, under Twilio's code or one of ours. */
type AnyFault = Omit<Problem, 'url'>;

/**
 * Everything that is wrong with a document, given its root. Where Twilio would only warn and carry on in its own way,
 * this is a fault too: what it then does is not documented.
 */
export function checkResponse(root: Element): AnyFault[] {
  return [
    ...Object.keys(root.attributes).map((name) => unknownAttribute(root, name)),
    ...checkStrayText(root, false),
    ...childrenOf(root).flatMap(checkVerb),
    ...checkReach(childrenOf(root)),
  ];
}

function checkVerb(verb: Element): AnyFault[] {
  const rule = verbRules.get(verb.name);
  if (rule !== undefined) return checkElement(verb, rule);
  if (unplayable.has(verb.name)) return [{ code: 'not-simulated', message: `<${verb.name}> cannot be simulated` }];
  return [{ code: 12200, message: `There is no verb <${verb.name}>${hint(verb.name, [...verbRules.keys()])}` }];
}

function checkElement(element: Element, rule: ElementRule): Fault[] {
  const attributes = Object.entries(element.attributes).flatMap(([name, value]) => {
    const check = rule.attributes[name];
    if (check === undefined) return [unknownAttribute(element, name, rule)];
    if (check.accepts(value)) return [];
    const message = `${name}="${value}" in <${element.name}>: expected ${check.expects}`;
    return [{ code: check.code, message }];
  });
  const own = rule.alsoCheck?.(element) ?? [];
  return [...attributes, ...checkStrayText(element, rule.text), ...checkChildren(element, rule), ...own];
}

function checkChildren(element: Element, rule: ElementRule): Fault[] {
  return childrenOf(element).flatMap((child) => {
    if (!rule.children.includes(child.name)) {
      const message = `<${child.name}> cannot stand inside <${element.name}>${hint(child.name, rule.children)}`;
      return [{ code: rule.childCode, message }];
    }
    if (speechMarkup.includes(child.name)) return checkChildren(child, { ...rule, children: speechMarkup });
    const childRule = verbRules.get(child.name) ?? nounRules.get(child.name);
    return childRule === undefined ? [] : checkElement(child, childRule);
  });
}

function checkStrayText(element: Element, allowed: boolean): Fault[] {
  const text = ownTextOf(element);
  if (allowed || text === '') return [];
  return [{ code: 12200, message: `Text inside <${element.name}>: "${text.slice(0, 40)}"` }];
}

function checkReach(verbs: readonly Element[]): AnyFault[] {
  const last = verbs.findIndex((verb) => finalVerbs.has(verb.name));
  const beyond = last === -1 ? undefined : verbs[last + 1];
  if (beyond === undefined) return [];
  return [
    { code: 'unreachable-verb', message: `<${beyond.name}> after <${verbs[last]?.name ?? ''}> is never reached` },
  ];
}

function unknownAttribute(element: Element, name: string, rule?: ElementRule): Fault {
  const known = hint(name, Object.keys(rule?.attributes ?? {}));
  return { code: 12200, message: `<${element.name}> has no attribute "${name}"${known}` };
}

function hint(name: string, known: readonly string[]): string {
  const meant = known.find((candidate) => candidate !== name && candidate.toLowerCase() === name.toLowerCase());
  return meant === undefined ? '' : `; it is spelled "${meant}"`;
}
