package io.orchflow.orchestration.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Techniques that a request asks for by name and that no recipe uses: better said than ignored.
final class Wishes {

    private static final Map<String, String> NAMES = names();

    private Wishes() {}

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        for (var pair :
                List.of(
                        "rust=Rust",
                        "golang=Go",
                        "in go=Go",
                        "java=Java",
                        "kotlin=Kotlin",
                        "scala=Scala",
                        "c++=C++",
                        "c#=C#",
                        "in c=C",
                        ".net=.NET",
                        "dotnet=.NET",
                        "ruby=Ruby",
                        "rails=Rails",
                        "php=PHP",
                        "laravel=Laravel",
                        "symfony=Symfony",
                        "swift=Swift",
                        "elixir=Elixir",
                        "haskell=Haskell",
                        "perl=Perl",
                        "typescript=TypeScript",
                        "python=Python",
                        "django=Django",
                        "flask=Flask",
                        "fastapi=FastAPI",
                        "spring boot=Spring Boot",
                        "spring=Spring",
                        "quarkus=Quarkus",
                        "expressjs=Express",
                        "express.js=Express",
                        "nestjs=NestJS",
                        "react=React",
                        "vue=Vue",
                        "vue.js=Vue",
                        "angular=Angular",
                        "svelte=Svelte",
                        "sveltekit=SvelteKit",
                        "nextjs=Next.js",
                        "next.js=Next.js",
                        "tailwind=Tailwind",
                        "bootstrap=Bootstrap",
                        "graphql=GraphQL",
                        "grpc=gRPC",
                        "postgres=PostgreSQL",
                        "postgresql=PostgreSQL",
                        "mysql=MySQL",
                        "mongodb=MongoDB",
                        "mongo=MongoDB",
                        "sqlite=SQLite",
                        "redis=Redis",
                        "kafka=Kafka",
                        "docker=Docker",
                        "kubernetes=Kubernetes",
                        "oauth=OAuth",
                        "stripe=Stripe",
                        "firebase=Firebase",
                        "aws=AWS",
                        "websocket=WebSockets",
                        "websockets=WebSockets",
                        "bash=Bash")) {
            int equals = pair.indexOf('=');
            names.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return names;
    }

    /// @return names as they are written, without those the recipe can do
    static List<String> beyond(String request, Recipe recipe) {
        var line = Words.line(request);
        var able = Set.copyOf(recipe.languages());
        return NAMES.entrySet().stream()
                .filter(entry -> line.contains(" " + entry.getKey() + " "))
                .filter(entry -> !able.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }
}
