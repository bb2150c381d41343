import { html, LitElement, nothing } from 'lit';

/** One operation: what it takes, what it answers, and a line to try it. */
class ApiOperation extends LitElement {
  static properties = { operation: { attribute: false }, document: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const { method, path, summary, description, operationId } = this.operation;
    return html`
      <article id=${operationId} aria-labelledby="${operationId}-title">
        <h3 id="${operationId}-title">${summary}</h3>
        <p class="line"><b class="method ${method.toLowerCase()}">${method}</b> <code>${path}</code></p>
        ${(description ?? '').split('\n\n').filter(Boolean).map((part) => html`<p class="said">${part}</p>`)}
        ${this.#parameters()} ${this.#body()} ${this.#answers()}
        <pre tabindex="0" aria-label="Example"><code>${this.#curl()}</code></pre>
      </article>`;
  }

  #parameters() {
    const parameters = (this.operation.parameters ?? []).map((each) => this.document.resolve(each));
    if (!parameters.length) return nothing;
    return html`
      <table><caption>Parameters</caption><tbody>
        ${parameters.map((each) => html`
          <tr><th scope="row"><code>${each.name}</code></th><td class="quiet">${each.in}</td>
            <td>${each.description} <span class="quiet">${this.document.limits(each.schema)}</span></td></tr>`)}
      </tbody></table>`;
  }

  #body() {
    const content = Object.values(this.operation.requestBody?.content ?? {})[0];
    if (!content) return nothing;
    const schema = this.document.resolve(content.schema);
    const required = new Set(schema.required ?? []);
    return html`
      <table><caption>Body, ${Object.keys(this.operation.requestBody.content).join(' or ')}</caption><tbody>
        ${Object.entries(schema.properties ?? {}).map(([name, of]) => html`
          <tr><th scope="row"><code>${name}</code></th>
            <td class="quiet">${this.document.type(of)}</td>
            <td>${required.has(name) ? 'required ' : ''}<span class="quiet">${this.document.limits(of)}</span></td></tr>`)}
      </tbody></table>`;
  }

  #answers() {
    return html`
      <table><caption>Answers</caption><tbody>
        ${Object.entries(this.operation.responses).map(([status, of]) => {
          const response = this.document.resolve(of);
          const schema = Object.values(response.content ?? {})[0]?.schema;
          return html`
            <tr><th scope="row"><code>${status}</code></th>
              <td class="quiet">${schema ? this.document.type(schema) : ''}</td>
              <td>${response.description}</td></tr>`;
        })}
      </tbody></table>`;
  }

  #curl() {
    const { method, path, requestBody } = this.operation;
    const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const verb = method === 'GET' ? '' : ` -X ${method}`;
    const address = `${location.origin}${path}`.replace('{id}', '$id').replace('{n}', '1');
    const body = content
      ? ` \\\n  -H 'Content-Type: ${type}' \\\n  -d '${JSON.stringify(content.example)}'`
      : '';
    return `curl -i${verb} "${address}"${body}`;
  }
}
customElements.define('api-operation', ApiOperation);
