/** An OpenAPI document, its references followed. */
export class Document {
  constructor(json) {
    this.json = json;
  }

  resolve(node) {
    if (!node?.$ref) return node ?? {};
    return node.$ref.slice(2).split('/').reduce((place, name) => place[name], this.json);
  }

  /** The tags in their order, each with its operations. */
  get groups() {
    const groups = new Map(this.json.tags.map((tag) => [tag.name, []]));
    for (const [path, methods] of Object.entries(this.json.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        groups.get(operation.tags[0]).push({ path, method: method.toUpperCase(), ...operation });
      }
    }
    return groups;
  }

  /** A type in a word or two. */
  type(schemaOrReference) {
    const schema = this.resolve(schemaOrReference);
    if (schema.enum) return schema.enum.join(' · ');
    const type = [schema.type ?? 'any'].flat().join(' or ');
    const name = schemaOrReference.$ref?.split('/').at(-1);
    if (schema.type === 'array') return `list of ${this.type(schema.items)}`;
    return name ?? (schema.format ? `${type} (${schema.format})` : type);
  }

  /** The limits of a value, as one reads them. */
  limits(schemaOrReference) {
    const schema = this.resolve(schemaOrReference);
    const between = (least, most, what) => {
      if (least !== undefined && most !== undefined) return `${least} to ${most.toLocaleString('en')}${what}`;
      if (most !== undefined) return `at most ${most.toLocaleString('en')}${what}`;
      return least === undefined ? '' : `at least ${least}${what}`;
    };
    return [
      between(schema.minimum, schema.maximum, ''),
      between(schema.minLength, schema.maxLength, ' characters'),
      between(schema.minItems, schema.maxItems, ' items'),
    ].filter(Boolean).join(', ');
  }
}
