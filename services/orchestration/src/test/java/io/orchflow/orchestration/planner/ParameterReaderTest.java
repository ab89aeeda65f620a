package io.orchflow.orchestration.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterReaderTest {

    private final Catalogue catalogue = new RecipeStore(LocalPlannerTest.RECIPES).read();

    private Map<String, String> read(String request, String recipe) {
        return new ParameterReader(catalogue).read(request, catalogue.recipe(recipe).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Build me a REST API with auth                             | item
                    Build me a REST API with auth for a book shop             | book
                    REST API with login for managing invoices                 | invoice
                    an API to track spaceships                                | spaceship
                    backend with user accounts for my wine cellar             | wine
                    API for a candle shop                                     | candle
                    Baue eine REST API für einen Buchladen                    | book
                    Crea una API REST para una librería                       | book
                    API to store measurements                                 | measurement
                    make an api with login and tests                          | item
                    REST API for order items                                  | order
                    API with auth for categories                              | category
                    api for accounts                                          | item
                    a backend to manage comic collections                     | comic
                    """)
    void theEntityComesFromTheWords(String request, String entity) {
        assertEquals(entity, read(request, "rest-api-auth").get("entity"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    API for cars with brand, price and year | brand:text!,price:money,year:integer
                    API for people with name, email and birthday | name:text!,email:email,birthday:date
                    API for books with auth and tests | title:text!,author:text!,isbn:text,price:money,published:date
                    """)
    void fieldsThatAreSpelledOutWin(String request, String fields) {
        assertEquals(fields, read(request, "rest-api-auth").get("fields"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Write a CLI in Python for books           | cli-tool | python | books-cli
                    Write a CLI for a book shop               | cli-tool | node   | book-shop-cli
                    web app for plants called green-thumb     | web-app  | node   | green-thumb
                    """)
    void languageAndNameAreTakenFromTheRequest(
            String request, String recipe, String language, String project) {
        var parameters = read(request, recipe);
        assertEquals(language, parameters.get("language"));
        assertEquals(project, parameters.get("project"));
    }
}
