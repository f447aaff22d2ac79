import { defineCodes } from '../base/errors.ts';

/** Failures of finding and downloading command line tools. */
export const codes = defineCodes({
  DOWNLOAD_FAILED: {
    title: 'A tool could not be downloaded',
    meaning: 'The server of a release did not answer with the file. Nothing was installed.',
    remedy: 'Check the version and the network of the runner, or install the tool in an earlier step.',
  },
  DOWNLOAD_CHECKSUM_UNKNOWN: {
    title: 'There is no checksum to check a download against',
    meaning: 'A tool would have to be downloaded, and nothing says what its bytes must be. It was not fetched.',
    remedy: 'Give the SHA-256 of the release file as an input, or install the tool in an earlier step.',
  },
  DOWNLOAD_CHECKSUM_MISMATCH: {
    title: 'A download is not the file it should be',
    meaning: 'The bytes of a downloaded file do not have the expected SHA-256. The file was deleted and never run.',
    remedy: 'Compare the checksum with the one of the release. If it is right, somebody changed the file on its way.',
  },
});
