import { setImmediate } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { SecretWatch } from './secretWatch.mts';

/** A credential as a test writes it down. */
export interface StoredCredential {
	/** Name of the credential type, e.g. `imburseApi`. */
	type: string;
	/** What the user typed, as stored: expressions unresolved (`={{ ... }}`), no defaults filled in. */
	data: ICredentialDataDecryptedObject;
}

/**
 * The credentials table of n8n's database, in memory.
 *
 * A row is kept as text and parsed for every read, as n8n decrypts it for every read: what one
 * reader changes, no other reader sees until it is saved. Reads and writes take a turn of the event
 * loop, so that two callers can meet between them.
 */
export class CredentialStore {
	private readonly rows = new Map<string, { type: string; encrypted: string }>();

	/** How often n8n read (and so decrypted) a credential. */
	reads = 0;

	/** How often n8n wrote a credential, e.g. to keep a token. */
	saves = 0;

	/**
	 * @param credentials the credentials by their id
	 * @param secrets told of everything that is stored; nobody when left out
	 */
	constructor(
		credentials: Record<string, StoredCredential>,
		private readonly secrets: Pick<SecretWatch, 'learn'> = { learn: () => {} },
	) {
		for (const [id, { type, data }] of Object.entries(credentials)) {
			this.rows.set(id, { type, encrypted: '' });
			this.write(id, data);
		}
	}

	/** What is stored at this moment, for a test to look at; not counted as a read. */
	peek(id: string): ICredentialDataDecryptedObject {
		return JSON.parse(this.row(id).encrypted) as ICredentialDataDecryptedObject;
	}

	/** Sets some fields, as a user does who edits the credential meanwhile; not counted as a save. */
	change(id: string, fields: ICredentialDataDecryptedObject): void {
		this.write(id, { ...this.peek(id), ...fields });
	}

	/** The type of a credential. */
	typeOf(id: string): string {
		return this.row(id).type;
	}

	/** Reads as n8n does. Throws when there is no such credential, or when it has another type. */
	async read(id: string, type: string): Promise<ICredentialDataDecryptedObject> {
		await setImmediate();
		this.assertType(id, type);
		this.reads++;
		return this.peek(id);
	}

	/** Writes as n8n does: the whole data of the credential is replaced. */
	async save(id: string, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		await setImmediate();
		this.assertType(id, type);
		this.saves++;
		this.write(id, data);
	}

	private write(id: string, data: ICredentialDataDecryptedObject): void {
		const row = this.row(id);
		this.secrets.learn(row.type, data);
		row.encrypted = JSON.stringify(data);
	}

	private row(id: string) {
		const row = this.rows.get(id);
		if (!row) throw new Error(`There is no credential with the ID "${id}"`);
		return row;
	}

	private assertType(id: string, type: string) {
		if (this.typeOf(id) !== type) {
			throw new Error(`Credential "${id}" is of type "${this.typeOf(id)}", not "${type}"`);
		}
	}
}
