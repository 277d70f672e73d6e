import { html, toText } from '../../src/console/look/html';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\`&{{1}}\${1}</textarea></title>`;

describe('a template', () => {
  test('escapes text and attributes, also in arrays and in templates within', () => {
    const inner = html`<b title="${HOSTILE}">${[HOSTILE, [HOSTILE, 1], false, null, undefined]}</b>`;
    const text = toText(html`<p>${inner}${[inner]}</p>`);
    expect(text).not.toMatch(/<(?!\/?[bp][ >])/);
    expect(text.match(/&lt;script&gt;/g)).toHaveLength(6);
    expect(text).toContain('&quot;&gt;');
    expect(text).toContain('&#39;&#96;&amp;');
  });

  test('takes no object for finished markup that html did not make', () => {
    const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}') as never;
    expect(() => toText(html`<p>${forged}</p>`)).toThrow(TypeError);
  });

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    '//evil.example',
    '/\\evil.example',
    '',
  ])('does not link to %j', (address) => {
    expect(toText(html`<a href="${address}">x</a>`)).toBe('<a href="#">x</a>');
    expect(toText(html`<form action="${address}"></form>`)).toBe('<form action="#"></form>');
  });

  test.each(['/access', '#main', '?said=x', 'https://console.twilio.com/', 'tel:+12025550100'])(
    'links to %s',
    (address) => {
      expect(toText(html`<a href="${address}">x</a>`)).toBe(`<a href="${address}">x</a>`);
    },
  );

  test('refuses a value in an attribute without quotes', () => {
    expect(() => html`<a title=${'x'}>x</a>`).toThrow('without quotes');
  });
});
