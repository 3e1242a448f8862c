/** Under this key n8n looks for a field of a webhook's description that it need not evaluate. */
const RESOLVERS = Symbol.for('n8n.webhookDescriptionResolvers');

/** As much of a node's parameters as is read here. */
type Parameters = Readonly<Record<string, unknown>>;

/**
 * The response mode of a webhook, as an option of the node says it.
 *
 * n8n 2.41 evaluates the expression of a description in an isolate of its own for every call, unless a
 * function with the same result stands beside it (n8n-workflow, webhook-description-fields). An n8n
 * that does not know of it evaluates the expression.
 */
export function responseModeFrom(collection: string, option: string, fallback: string) {
	const template = `={{$parameter["${collection}"]["${option}"] || ${JSON.stringify(fallback)}}}`;
	const resolve = (parameters: Parameters): unknown => {
		const options = parameters[collection] as Parameters | undefined;
		return options?.[option] || fallback;
	};
	return { responseMode: template, [RESOLVERS]: { responseMode: { template, resolve } } };
}
