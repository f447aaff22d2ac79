import { describe, expect, test } from '@jest/globals';
import { defaultBase, miImage } from '@wso2-delivery/shared/mi/base-image';

const env = (home: string) => ['PATH=/usr/bin', `WSO2_SERVER_HOME=${home}`];

describe('an MI base image', () => {
  test('says where carbon applications and deployment.toml belong', () => {
    expect(miImage({ Env: env('/home/wso2carbon/wso2mi-4.2.0'), User: '802' }, 'wso2/wso2mi:4.2.0')).toEqual({
      serverHome: '/home/wso2carbon/wso2mi-4.2.0',
      userHome: '/home/wso2carbon',
      uid: 802,
      gid: 802,
      carbonapps: '/home/wso2carbon/wso2mi-4.2.0/repository/deployment/server/carbonapps',
      deploymentToml: '/home/wso2carbon/wso2mi-4.2.0/conf/deployment.toml',
    });
  });

  test('may have its server outside /home', () => {
    const image = miImage({ Env: env('/opt/mi/'), User: '1001:0' }, 'x');
    expect(image).toMatchObject({ serverHome: '/opt/mi', userHome: '/opt/mi', uid: 1001, gid: 0 });
  });

  test.each([
    ['802', '4.2.0', 802, 802],
    ['10802:10802', '4.4.0', 10802, 10802],
    ['1001:0', '4.2.0', 1001, 0],
    ['wso2carbon', '4.3.0', 802, 802],
    ['wso2carbon:wso2', '4.4.0', 10802, 10802],
    ['wso2carbon', '5.0.0', 10802, 10802],
    ['', '4.2.0', 0, 0],
    ['root', '4.2.0', 0, 0],
  ])('that runs as %s (MI %s) gives files the owner %d:%d', (user, version, uid, gid) => {
    expect(miImage({ Env: env(`/home/wso2carbon/wso2mi-${version}`), User: user }, 'x')).toMatchObject({ uid, gid });
  });
});

describe('what is no MI base image', () => {
  test.each([
    [
      'an image without the variable',
      { Env: ['PATH=/bin'], User: '802' },
      'BASE_IMAGE_NOT_MI',
      /no environment variable WSO2_SERVER_HOME/,
    ],
    ['an image without any environment', {}, 'BASE_IMAGE_NOT_MI', /WSO2_SERVER_HOME/],
    ['a relative home', { Env: env('wso2mi') }, 'BASE_IMAGE_NOT_MI', /WSO2_SERVER_HOME/],
    [
      'an API Manager',
      { Env: env('/home/wso2carbon/wso2am-4.2.0'), User: '802' },
      'BASE_IMAGE_NOT_MI',
      /is an API Manager/,
    ],
    ['a user that is no number', { Env: env('/opt/mi'), User: 'app' }, 'BASE_IMAGE_USER_UNKNOWN', /runs as 'app'/],
  ])('%s is refused', (_, config, code, message) => {
    expect(() => miImage(config, 'acme/base:1')).toThrow(expect.objectContaining({ code }));
    expect(() => miImage(config, 'acme/base:1')).toThrow(message);
  });
});

test('WSO2 names its images by the version of MI', () => {
  expect(defaultBase('4.4.0')).toBe('wso2/wso2mi:4.4.0');
});
