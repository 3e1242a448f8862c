import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** Texts that a run has left behind, by what they are. */
export type Traces = Readonly<Record<string, string>>;

/** Shorter ones stand in many a text by chance. */
const SHORTEST = 8;
const JWT = /[\w-]+\.[\w-]+\.[\w-]{20,}/g;
/** How deep into an error it is looked. */
const DEPTH = 12;

/**
 * Looks for secrets in what runs leave behind. It learns every value that was ever stored in a
 * password field of a credential, and is told the others.
 */
export class SecretWatch {
	private readonly passwordFields: ReadonlyMap<string, string[]>;
	private readonly learnt = new Set<string>();
	private readonly spelt = new Map<string, string[]>();

	/** @param others secrets that no credential holds, such as the codes of a reward */
	constructor(
		types: readonly ICredentialType[],
		private readonly others: () => Iterable<string>,
	) {
		this.passwordFields = new Map(
			types.map(({ name, properties }) => [
				name,
				properties.filter(({ typeOptions }) => typeOptions?.password).map((field) => field.name),
			]),
		);
	}

	/** To be called with everything that is stored. */
	learn(type: string, data: ICredentialDataDecryptedObject): void {
		for (const field of this.passwordFields.get(type) ?? []) {
			const value = data[field];
			if (typeof value !== 'string' || value.startsWith('=')) continue;
			this.learnt.add(value);
			for (const [token] of value.matchAll(JWT)) this.learnt.add(token);
		}
	}

	/**
	 * Throws when a secret stands in one of these texts, in whatever spelling.
	 *
	 * @param isAskedFor whether the run was told to put this secret out
	 */
	assertHidden(traces: Traces, isAskedFor: (secret: string) => boolean = () => false): void {
		const secrets = [...this.learnt, ...this.others()].filter(
			(secret) => secret.length >= SHORTEST && !isAskedFor(secret),
		);
		for (const secret of new Set(secrets)) {
			for (const spelling of this.spellings(secret)) {
				const where = Object.keys(traces).find((name) => traces[name]?.includes(spelling));
				if (where === undefined) continue;
				throw new Error(`A secret stands in the ${where}: "${secret}", spelt "${spelling}"`);
			}
		}
	}

	private spellings(secret: string): string[] {
		const known = this.spelt.get(secret) ?? spellingsOf(secret);
		this.spelt.set(secret, known);
		return known;
	}
}

/** What stands in an error, with its cause and all that hangs on it. */
export function errorText(error: unknown): string {
	return inspect(error, { depth: DEPTH, maxStringLength: null, maxArrayLength: null });
}

/** As it is, escaped for JSON (also twice), for URLs and for HTML, in Base64, and in hex digits. */
export function spellingsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const url = encodeURIComponent(secret);
	const all = [
		secret,
		escaped(secret),
		escaped(escaped(secret)),
		secret.replaceAll('/', '\\/'),
		url,
		url.replaceAll(/%../g, (part) => part.toLowerCase()),
		encodeURIComponent(url),
		secret.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;'),
		bytes.toString('hex'),
		bytes.toString('hex').toUpperCase(),
		...base64Of(bytes),
	];
	return [...new Set(all)];
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A Base64 text looks different for each of the three places in which its bytes may begin. */
function base64Of(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((before) => {
		const padded = Buffer.concat([Buffer.alloc(before), bytes]);
		// What stands at the ends depends on what comes before and after.
		const first = Math.ceil((before * 8) / 6);
		const last = Math.floor((padded.length * 8) / 6);
		const base64 = padded.toString('base64').slice(first, last);
		return [base64, base64.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(base64)];
	});
}
