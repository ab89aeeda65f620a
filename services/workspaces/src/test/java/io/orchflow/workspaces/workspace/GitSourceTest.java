package io.orchflow.workspaces.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/team/shop.git",
                "http://127.0.0.1:3000/shop",
                "git://example.org/a/b",
                "ssh://git@example.org:2222/~me/shop.git",
                "https://[::1]:8443/x.git"
            })
    void takesAddresses(String url) {
        assertThat(GitSource.objection(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "/etc",
                "file:///etc",
                "ext::sh -c id",
                "ext::https://example.org/a",
                "--upload-pack=touch /tmp/x",
                "ssh://-oProxyCommand=id/x",
                "ssh://-x@example.org/x",
                "https://user:secret@example.org/shop",
                "https://token@example.org/shop",
                "https:///shop",
                "https://example.org",
                "https://example.org/",
                "https://example.org/a?b=c",
                "https://example.org/a#b",
                "https://example.org/a b",
                "https://example.org/a\nb",
                "git@example.org:team/shop.git",
                "javascript://example.org/a"
            })
    void refusesWhatGitReadsAsMore(String url) {
        assertThat(GitSource.objection(url)).isPresent();
    }
}
