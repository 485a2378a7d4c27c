import type { FactKey, FactProposal, FactValue, JurisdictionCode } from '../../domain/facts/fact.ts';

/** Values by jurisdiction, and proposals for them. */
export interface Facts {
  ofJurisdictions(codes: readonly JurisdictionCode[]): Promise<readonly FactValue[]>;
  byKey(jurisdiction: JurisdictionCode, key: FactKey): Promise<FactValue | null>;
  save(value: FactValue): Promise<void>;
  proposals(jurisdictions: readonly JurisdictionCode[]): Promise<readonly FactProposal[]>;
  proposal(jurisdiction: JurisdictionCode, key: FactKey): Promise<FactProposal | null>;
  saveProposal(proposal: FactProposal): Promise<void>;
  dropProposal(jurisdiction: JurisdictionCode, key: FactKey): Promise<void>;
}
