import { html, type Html } from '../look/html';

/** How a number one has already is forwarded to `phoneNumber`. Codes: 3GPP TS 22.030, and US carriers' own. */
export function forwardingHelp(phoneNumber: string): Html {
  const tenDigits = phoneNumber.replace(/^\+1/, '');
  return html`
    <section>
      <h2>Keep the number you have</h2>
      <p>
        Let your present telephone ring first, and forward to Frontdesk what nobody answers. Dial the code on that
        telephone, as if it were a number:
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Forward when</th>
            <th scope="col">Most of the world</th>
            <th scope="col">Many US landlines</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">nobody answers for 20 s</th>
            <td><code>**61*${phoneNumber}**20#</code></td>
            <td><code>*92 ${tenDigits}</code></td>
          </tr>
          <tr>
            <th scope="row">the line is busy</th>
            <td><code>**67*${phoneNumber}#</code></td>
            <td><code>*90 ${tenDigits}</code></td>
          </tr>
          <tr>
            <th scope="row">it is off or out of reach</th>
            <td><code>**62*${phoneNumber}#</code></td>
            <td>with the above</td>
          </tr>
          <tr>
            <th scope="row">never any more</th>
            <td><code>##61#</code> <code>##67#</code> <code>##62#</code></td>
            <td><code>*93</code> <code>*91</code></td>
          </tr>
        </tbody>
      </table>
      <p>
        Some carriers have codes of their own (Verizon Wireless: <code>*71 ${tenDigits}</code> for both,
        <code>*73</code>
        to end it), or set it in their app. Afterwards call the old number from another telephone and let it ring: if
        Frontdesk answers, it is done. The forwarded part of a call is paid by the number that forwards.
      </p>
    </section>
  `;
}
