/** The carbon applications that an image says it holds, read from its registry. */
import { DeliveryError } from '../../base/errors.ts';
import type { CarbonApplicationName } from '../../mi/image-label.ts';
import { carbonApplicationsLabel, parseCarbonApplications } from '../../mi/image-label.ts';
import { parseReference } from '../../oci/reference.ts';
import type { Registries } from '../../oci/registry.ts';
import { resolveImage } from '../../oci/resolve.ts';

export interface Expectation {
  /** undefined when the image carries no such label: it is not one of build-mi. */
  readonly applications: readonly CarbonApplicationName[] | undefined;
  /** Why the label could not be read. */
  readonly unreadable: string | undefined;
}

export type ExpectedApplications = (image: string) => Promise<Expectation>;

/** Reads labels, each image once. A registry that does not answer makes the check impossible, not the rollout bad. */
export function expectedApplications(registries: Registries): ExpectedApplications {
  const known = new Map<string, Promise<Expectation>>();
  return (image) => {
    const expectation = known.get(image) ?? readLabel(registries, image);
    known.set(image, expectation);
    return expectation;
  };
}

async function readLabel(registries: Registries, image: string): Promise<Expectation> {
  try {
    const { images } = await resolveImage(parseReference(image), 'all', registries);
    const value = images.flatMap(({ config }) => config.config?.Labels?.[carbonApplicationsLabel] ?? [])[0];
    if (value === undefined) return { applications: undefined, unreadable: undefined };
    const applications = parseCarbonApplications(value);
    const unreadable =
      applications === undefined ? `The label ${carbonApplicationsLabel} of ${image} is malformed.` : undefined;
    return { applications, unreadable };
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.kind === 'cancelled') throw error;
    const unreadable = `Which carbon applications ${image} holds could not be read from its registry: ${error.message}. ${error.remedy}`;
    return { applications: undefined, unreadable };
  }
}
